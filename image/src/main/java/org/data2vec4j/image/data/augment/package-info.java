/** Changes of pictures beyond crop and colour, and of whole batches, as supervised training uses them. */
@NullMarked
package org.data2vec4j.image.data.augment;

import org.jspecify.annotations.NullMarked;
