/** Mask strategies and the masks of a batch, in plain Java: which positions the student sees and which it predicts. */
@NullMarked
package org.data2vec4j.model.mask;

import org.jspecify.annotations.NullMarked;
