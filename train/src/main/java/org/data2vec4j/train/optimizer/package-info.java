/** Optimisers over flat buffers. */
@NullMarked
package org.data2vec4j.train.optimizer;

import org.jspecify.annotations.NullMarked;
