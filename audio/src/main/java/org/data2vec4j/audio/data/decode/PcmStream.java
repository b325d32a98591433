package org.data2vec4j.audio.data.decode;

import java.io.Closeable;
import java.io.IOException;

/** The samples of a recording at its own rate, one after the other, channels averaged. Used by one thread. */
sealed interface PcmStream extends Closeable permits WavStream, FfmpegStream {
    /** Samples per second. */
    int sampleRate();

    /** Writes the next samples, at least one and at most {@code count}, from {@code mono[at]} on; −1 after the last. */
    int read(float[] mono, int at, int count) throws IOException;

    @Override
    void close() throws IOException;
}
