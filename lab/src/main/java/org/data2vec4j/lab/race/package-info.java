/** Races: methods trained in turns for the same time on the same data and machine, with scores over time. */
@NullMarked
package org.data2vec4j.lab.race;

import org.jspecify.annotations.NullMarked;
