/**
 * Tensors over libtorch. The only package that touches native memory: {@link org.data2vec4j.tensor.Tensor} and its operators,
 * {@link org.data2vec4j.tensor.F} for the functional layers, {@link org.data2vec4j.tensor.Scope} for lifetimes.
 */
@NullMarked
package org.data2vec4j.tensor;

import org.jspecify.annotations.NullMarked;
