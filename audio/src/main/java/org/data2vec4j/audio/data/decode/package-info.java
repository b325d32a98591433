/**
 * Recordings to arrays: an own reader for WAV, FFmpeg for everything else, an own band-limited resampler. Channels are averaged.
 * The only package outside the tensor module that touches native code, and only for formats other than WAV.
 */
@NullMarked
package org.data2vec4j.audio.data.decode;

import org.jspecify.annotations.NullMarked;
