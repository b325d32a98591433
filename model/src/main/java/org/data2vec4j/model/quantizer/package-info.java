/** Quantizers: continuous features become codes of a finite set, and vectors that pass gradients. */
@NullMarked
package org.data2vec4j.model.quantizer;

import org.jspecify.annotations.NullMarked;
