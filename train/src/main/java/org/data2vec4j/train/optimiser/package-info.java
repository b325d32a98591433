/** Optimisers over flat buffers. */
@NullMarked
package org.data2vec4j.train.optimiser;

import org.jspecify.annotations.NullMarked;
