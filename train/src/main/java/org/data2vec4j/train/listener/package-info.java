/** What is told of the progress of a run. */
@NullMarked
package org.data2vec4j.train.listener;

import org.jspecify.annotations.NullMarked;
