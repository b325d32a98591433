/** Several processes that compute one thing: how they find each other, sum tensors, and notice that one is gone. */
@NullMarked
package org.data2vec4j.tensor.distributed;

import org.jspecify.annotations.NullMarked;
