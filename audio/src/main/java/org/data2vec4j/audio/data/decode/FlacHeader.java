package org.data2vec4j.audio.data.decode;

import java.io.IOException;
import org.data2vec4j.data.ffmpeg.ByteSource;

/** What the STREAMINFO block of a FLAC file says (RFC 9639, section 8.2); read without native code, to know durations cheaply. */
record FlacHeader(int sampleRate, long frames) {
    private static final int LENGTH = 26;

    /** The header, or one of 0 Hz and 0 frames for what is not FLAC or does not say. */
    static FlacHeader read(ByteSource source) throws IOException {
        byte[] head = new byte[LENGTH];
        boolean flac = source.readFully(0, head, 0, LENGTH) == LENGTH
                && head[0] == 'f'
                && head[1] == 'L'
                && head[2] == 'a'
                && head[3] == 'C'
                && (head[4] & 0x7F) == 0;
        if (!flac) {
            return new FlacHeader(0, 0);
        }
        long word = 0; // 20 bits rate, 3 bits channels, 5 bits depth, 36 bits frames
        for (int i = 18; i < 26; i++) {
            word = word << 8 | (head[i] & 0xFF);
        }
        return new FlacHeader((int) (word >>> 44), word & 0xFFFFFFFFFL);
    }
}
