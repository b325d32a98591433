/** The sub-commands of {@code d2v}, one class each; {@link org.data2vec4j.cli.D2v} lists them. */
@NullMarked
package org.data2vec4j.cli.command;

import org.jspecify.annotations.NullMarked;
