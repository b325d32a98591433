/** What a run writes down and shows: metrics files, TensorBoard events, the progress bar. */
@NullMarked
package org.data2vec4j.train.record;

import org.jspecify.annotations.NullMarked;
