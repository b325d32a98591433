/** Sources of decoded images, crops and colour changes, and the loaders that make batches of them. */
@NullMarked
package org.data2vec4j.image.data;

import org.jspecify.annotations.NullMarked;
