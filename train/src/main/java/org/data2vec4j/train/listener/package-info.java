/** Listeners of a run: metrics files, TensorBoard events, the progress bar. */
@NullMarked
package org.data2vec4j.train.listener;

import org.jspecify.annotations.NullMarked;
