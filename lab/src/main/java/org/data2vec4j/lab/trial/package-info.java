/** What ablations and races share: how fast a recipe trains, what a run scores, and lines that are kept of both. */
@NullMarked
package org.data2vec4j.lab.trial;

import org.jspecify.annotations.NullMarked;
