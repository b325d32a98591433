/** The guard that stops a run whose loss is not finite or whose features collapse. */
@NullMarked
package org.data2vec4j.train.guard;

import org.jspecify.annotations.NullMarked;
