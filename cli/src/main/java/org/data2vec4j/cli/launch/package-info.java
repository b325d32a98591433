/** Starts one command as several processes on this machine. */
@NullMarked
package org.data2vec4j.cli.launch;

import org.jspecify.annotations.NullMarked;
