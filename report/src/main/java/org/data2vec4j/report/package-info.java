/** The page of a run: curves, scores, masks, neighbours and configuration in one HTML file that needs no network. */
@NullMarked
package org.data2vec4j.report;

import org.jspecify.annotations.NullMarked;
