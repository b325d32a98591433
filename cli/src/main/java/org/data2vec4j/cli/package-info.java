/** The command {@code d2v}: its entry point, its version and how it reports errors. */
@NullMarked
package org.data2vec4j.cli;

import org.jspecify.annotations.NullMarked;
