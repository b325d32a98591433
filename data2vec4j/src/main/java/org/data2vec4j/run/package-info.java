/** Runs and what belongs to one: its directory, its models, its report, import and export. */
@NullMarked
package org.data2vec4j.run;

import org.jspecify.annotations.NullMarked;
