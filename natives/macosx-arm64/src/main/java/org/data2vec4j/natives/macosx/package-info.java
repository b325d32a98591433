/** The native libraries for macOS on ARM. */
@NullMarked
package org.data2vec4j.natives.macosx;

import org.jspecify.annotations.NullMarked;
