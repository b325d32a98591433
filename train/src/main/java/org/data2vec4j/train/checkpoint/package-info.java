/** Checkpoints that appear whole or not at all, and exact resume. */
@NullMarked
package org.data2vec4j.train.checkpoint;

import org.jspecify.annotations.NullMarked;
