/** Several processes of one command on this machine. */
@NullMarked
package org.data2vec4j.cli.launch;

import org.jspecify.annotations.NullMarked;
