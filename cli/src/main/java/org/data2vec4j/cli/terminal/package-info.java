/** The parts of a run that need a terminal: a progress bar, and signals that stop the run after a checkpoint. */
@NullMarked
package org.data2vec4j.cli.terminal;

import org.jspecify.annotations.NullMarked;
