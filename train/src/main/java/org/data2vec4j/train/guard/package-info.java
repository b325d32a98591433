/** What stops a run that has gone wrong. */
@NullMarked
package org.data2vec4j.train.guard;

import org.jspecify.annotations.NullMarked;
