package org.data2vec4j.audio.data.decode;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes WAV files for tests, right ones and wrong ones. */
@SuppressWarnings("ByteBufferBackingArray") // its own buffers
public final class WavBytes {
    private int tag = 1;
    private int bits = 16;
    private int channels = 1;
    private int rate = 16_000;
    private boolean extensible;
    private byte[] before = {};
    private long dataSize = -1;
    private long riffSize = -1;

    /** 1 integer, 3 float, others as they are. */
    public WavBytes format(int codec, int sampleBits) {
        tag = codec;
        bits = sampleBits;
        return this;
    }

    public WavBytes channels(int count) {
        channels = count;
        return this;
    }

    public WavBytes rate(int hertz) {
        rate = hertz;
        return this;
    }

    public WavBytes extensible() {
        extensible = true;
        return this;
    }

    /** A chunk before the data, padded to an even length. */
    public WavBytes chunk(String name, byte[] body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(before);
        out.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(little(4).putInt(body.length).array());
        out.writeBytes(body);
        out.writeBytes(new byte[body.length % 2]);
        before = out.toByteArray();
        return this;
    }

    /** Sizes in the header that are not those of the file. */
    public WavBytes sizes(long riff, long data) {
        riffSize = riff;
        dataSize = data;
        return this;
    }

    /** Interleaved samples in [−1, 1]. */
    public byte[] of(double... samples) {
        ByteBuffer data = little(samples.length * bits / 8);
        for (double sample : samples) {
            if (tag == 3 && bits == 32) {
                data.putFloat((float) sample);
            } else if (tag == 3) {
                data.putDouble(sample);
            } else {
                long full = 1L << (bits - 1);
                long value = Math.min(full - 1, Math.round(sample * full)) + (bits == 8 ? 128 : 0);
                for (int i = 0; i < bits / 8; i++) {
                    data.put((byte) (value >> (8 * i)));
                }
            }
        }
        return around(data.array());
    }

    public byte[] of(float[] samples) {
        double[] wide = new double[samples.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = samples[i];
        }
        return of(wide);
    }

    public byte[] around(byte[] data) {
        ByteBuffer format = little(extensible ? 40 : 16);
        format.putShort((short) (extensible ? 0xFFFE : tag))
                .putShort((short) channels)
                .putInt(rate);
        format.putInt(rate * channels * bits / 8)
                .putShort((short) (channels * bits / 8))
                .putShort((short) bits);
        if (extensible) {
            format.putShort((short) 22).putShort((short) bits).putInt(0).putShort((short) tag);
            format.put(new byte[] {0, 0, 0, 0, 0x10, 0, (byte) 0x80, 0, 0, (byte) 0xAA, 0, 0x38, (byte) 0x9B, 0x71});
        }
        int length = 12 + 8 + format.capacity() + before.length + 8 + data.length;
        ByteBuffer file = little(length);
        file.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt((int) (riffSize < 0 ? length - 8 : riffSize));
        file.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII))
                .putInt(format.capacity())
                .put(format.array());
        file.put(before);
        file.put("data".getBytes(StandardCharsets.US_ASCII)).putInt((int) (dataSize < 0 ? data.length : dataSize));
        return file.put(data).array();
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
