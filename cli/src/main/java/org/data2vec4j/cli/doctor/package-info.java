/** What {@code d2v doctor} looks at: the machine, the libraries, and whether training works here. */
@NullMarked
package org.data2vec4j.cli.doctor;

import org.jspecify.annotations.NullMarked;
