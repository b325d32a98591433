/** Shared by ablations and races: the speed of a recipe, the scores of a run, and the log of results. */
@NullMarked
package org.data2vec4j.lab.trial;

import org.jspecify.annotations.NullMarked;
