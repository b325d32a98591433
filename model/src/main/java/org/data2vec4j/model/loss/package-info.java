/** Regression losses, one per file. */
@NullMarked
package org.data2vec4j.model.loss;

import org.jspecify.annotations.NullMarked;
