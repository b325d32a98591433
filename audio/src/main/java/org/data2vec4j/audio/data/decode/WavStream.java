package org.data2vec4j.audio.data.decode;

import java.io.IOException;
import org.data2vec4j.data.ffmpeg.ByteSource;

/** The samples of a WAV file, read in blocks. */
final class WavStream implements PcmStream {
    private static final int BLOCK = 1 << 16;

    private final ByteSource source;
    private final WavHeader header;
    private final int frameBytes;
    private final byte[] block;
    private long frame;

    WavStream(ByteSource source, WavHeader header) {
        this.source = source;
        this.header = header;
        this.frameBytes = header.channels() * header.format().bytes();
        this.block = new byte[Math.max(1, BLOCK / frameBytes) * frameBytes];
    }

    @Override
    public int sampleRate() {
        return header.sampleRate();
    }

    /** Passes over samples without reading them; fewer than {@code count} only at the end. */
    long skip(long count) {
        long passed = Math.min(count, header.frames() - frame);
        frame += passed;
        return passed;
    }

    @Override
    public int read(float[] mono, int at, int count) throws IOException {
        int frames = (int) Math.min(Math.min(count, block.length / frameBytes), header.frames() - frame);
        if (frames <= 0) {
            return -1;
        }
        if (source.readFully(header.dataAt() + frame * frameBytes, block, 0, frames * frameBytes)
                < frames * frameBytes) {
            throw new IOException("the WAV file has become shorter since it was opened");
        }
        SampleFormat format = header.format();
        int place = 0;
        for (int i = 0; i < frames; i++) {
            double sum = 0;
            for (int channel = 0; channel < header.channels(); channel++) {
                sum += format.value(block, place);
                place += format.bytes();
            }
            mono[at + i] = (float) (sum / header.channels());
        }
        frame += frames;
        return frames;
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
