/** What a run on images adds to its page. */
@NullMarked
package org.data2vec4j.image.page;

import org.jspecify.annotations.NullMarked;
