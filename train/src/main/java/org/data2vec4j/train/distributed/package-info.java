/** Training by several processes, each with a share of every batch. */
@NullMarked
package org.data2vec4j.train.distributed;

import org.jspecify.annotations.NullMarked;
