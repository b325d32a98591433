/** What the commands that train and measure share: arguments, the run directory, evaluation, stopping, the report. */
@NullMarked
package org.data2vec4j.cli.run;

import org.jspecify.annotations.NullMarked;
