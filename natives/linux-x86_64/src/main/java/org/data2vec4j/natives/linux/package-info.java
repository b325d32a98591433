/** The native libraries for Linux on x86-64. */
@NullMarked
package org.data2vec4j.natives.linux;

import org.jspecify.annotations.NullMarked;
