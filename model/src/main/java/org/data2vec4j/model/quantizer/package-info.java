/** Continuous features to codes of a finite set, and back to vectors that gradients pass. */
@NullMarked
package org.data2vec4j.model.quantizer;

import org.jspecify.annotations.NullMarked;
