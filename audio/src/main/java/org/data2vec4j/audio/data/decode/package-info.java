/**
 * Recordings to arrays: an own reader for WAV, FFmpeg for everything else, an own band-limited resampler. Channels are averaged.
 * Native code is touched only for formats other than WAV.
 */
@NullMarked
package org.data2vec4j.audio.data.decode;

import org.jspecify.annotations.NullMarked;
