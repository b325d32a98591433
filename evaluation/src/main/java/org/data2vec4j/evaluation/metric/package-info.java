/**
 * Scores of predictions: error rates of transcripts, classification and correlation as the GLUE tasks count them, and summaries over
 * seeds. Shares run from 0 to 1, not in percent. A score that is not defined for the predictions given is NaN unless its Javadoc says otherwise.
 */
@NullMarked
package org.data2vec4j.evaluation.metric;

import org.jspecify.annotations.NullMarked;
