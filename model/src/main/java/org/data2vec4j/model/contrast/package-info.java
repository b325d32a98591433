/** Contrastive losses: a position's own target is distinguished from those of other positions. */
@NullMarked
package org.data2vec4j.model.contrast;

import org.jspecify.annotations.NullMarked;
