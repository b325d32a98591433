/** Communication of several processes: how they connect, sum tensors, and notice that one has failed. */
@NullMarked
package org.data2vec4j.tensor.distributed;

import org.jspecify.annotations.NullMarked;
