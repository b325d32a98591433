/** What a terminal adds to a run: a progress bar, and signals that stop it after a checkpoint. */
@NullMarked
package org.data2vec4j.cli.terminal;

import org.jspecify.annotations.NullMarked;
