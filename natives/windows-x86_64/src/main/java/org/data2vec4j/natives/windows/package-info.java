/** The native libraries for Windows on x86-64. */
@NullMarked
package org.data2vec4j.natives.windows;

import org.jspecify.annotations.NullMarked;
