/** Races: methods trained for the same time on the same data and machine, by turns, and what each knows after how much of it. */
@NullMarked
package org.data2vec4j.lab.race;

import org.jspecify.annotations.NullMarked;
