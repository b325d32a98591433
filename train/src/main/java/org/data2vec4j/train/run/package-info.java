/** A pre-training run: its configuration and the session that trains it. */
@NullMarked
package org.data2vec4j.train.run;

import org.jspecify.annotations.NullMarked;
