package org.data2vec4j.interop.onnx;

import org.data2vec4j.model.mask.Compat;
import org.jspecify.annotations.Nullable;

/**
 * What a feature encoder gives: tokens, and how they lie.
 *
 * @param x_BTD the tokens
 * @param count T, a scalar
 * @param columns of the grid, a scalar; T for a sequence
 * @param lengths_B how many positions each sample fills; null if all fill all
 * @param compat how padding is treated
 */
record TokenValues(
        Value x_BTD, Value count, Value columns, @Nullable Value lengths_B, Compat compat) {}
