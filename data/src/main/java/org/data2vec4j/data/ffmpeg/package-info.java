/**
 * FFmpeg's native libraries, which read pictures and recordings of formats that Java does not, and the bytes that they read. The only
 * package below the modalities that touches native code besides the tensor module.
 */
@NullMarked
package org.data2vec4j.data.ffmpeg;

import org.jspecify.annotations.NullMarked;
