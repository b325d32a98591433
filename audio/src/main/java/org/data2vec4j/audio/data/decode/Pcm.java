package org.data2vec4j.audio.data.decode;

import java.io.IOException;
import org.data2vec4j.data.ffmpeg.ByteSource;

/** An opened recording and the samples that its header promises, at its own rate; 0 if it promises none. */
record Pcm(PcmStream stream, long promised) {

    /** Closes the source if it cannot be opened. */
    static Pcm open(ByteSource source) throws IOException {
        boolean opened = false;
        try {
            if (source.size() == 0) {
                throw new IOException("the file is empty");
            }
            WavHeader wav = WavHeader.isWav(source) ? WavHeader.read(source) : null;
            Pcm pcm = wav != null
                    ? new Pcm(new WavStream(source, wav), wav.frames())
                    : new Pcm(FfmpegStream.open(source), FlacHeader.read(source).frames());
            opened = true;
            return pcm;
        } finally {
            if (!opened) {
                source.close();
            }
        }
    }
}
