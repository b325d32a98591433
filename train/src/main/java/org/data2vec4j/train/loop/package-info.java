/** The loop of a run: opened, resumed, trained, with its checkpoints. */
@NullMarked
package org.data2vec4j.train.loop;

import org.jspecify.annotations.NullMarked;
