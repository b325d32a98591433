/** The trainer: one update as phases, the loop around it, and where a run's precision comes from. */
@NullMarked
package org.data2vec4j.train;

import org.jspecify.annotations.NullMarked;
