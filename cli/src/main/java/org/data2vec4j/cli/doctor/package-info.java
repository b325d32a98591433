/** The checks of {@code d2v doctor}: the machine, the libraries, and ten updates of training. */
@NullMarked
package org.data2vec4j.cli.doctor;

import org.jspecify.annotations.NullMarked;
