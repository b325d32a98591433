/** A run's page: curves, scores, masks, neighbours and provenance in one HTML file that needs nothing else. */
@NullMarked
package org.data2vec4j.report;

import org.jspecify.annotations.NullMarked;
