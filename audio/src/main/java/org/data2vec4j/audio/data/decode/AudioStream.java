package org.data2vec4j.audio.data.decode;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.data2vec4j.data.ffmpeg.ByteSource;
import org.jspecify.annotations.Nullable;

/**
 * A recording of any format, read piece by piece as mono samples of 16 kHz in memory that does not grow with its length. However
 * it is cut into pieces, the samples are the same. Used by one thread.
 */
public final class AudioStream implements Closeable {
    /** The rate of all samples that the models see. */
    public static final int SAMPLE_RATE = 16_000;

    private static final int LOWEST_RATE = 1_000;
    private static final int HIGHEST_RATE = 1_000_000;
    private static final int BLOCK = 1 << 14;

    private final PcmStream pcm;
    private final @Nullable AudioResampler resampler;
    private final float[] block = new float[BLOCK];
    private float[] ready = new float[0];
    private int readyAt;
    private final long promised;
    private long decoded;
    private boolean atEnd;

    private AudioStream(Pcm opened, int sampleRate) {
        this.pcm = opened.stream();
        this.promised = opened.promised();
        this.resampler = pcm.sampleRate() == sampleRate ? null : new AudioResampler(pcm.sampleRate(), sampleRate);
    }

    /** Opens a file; what is no recording throws an {@link IOException} whose message is the reason, without the name. */
    public static AudioStream open(Path path) throws IOException {
        return open(ByteSource.of(path));
    }

    /** Opens the bytes of a file. */
    public static AudioStream open(byte[] bytes) throws IOException {
        return open(ByteSource.of(bytes));
    }

    /** Opens a recording; the source is closed with the stream, or at once if it is no recording. */
    public static AudioStream open(ByteSource source) throws IOException {
        return new AudioStream(Pcm.open(source), SAMPLE_RATE);
    }

    /** The same without a change of rate. */
    static AudioStream atOwnRate(ByteSource source) throws IOException {
        Pcm opened = Pcm.open(source);
        return new AudioStream(opened, opened.stream().sampleRate());
    }

    static int checkedRate(long rate) throws IOException {
        if (rate < LOWEST_RATE || rate > HIGHEST_RATE) {
            throw new IOException(
                    "the sample rate is " + rate + " Hz; allowed: " + LOWEST_RATE + " to " + HIGHEST_RATE);
        }
        return (int) rate;
    }

    /**
     * Fills {@code out[at]} and on with the next {@code count} samples; fewer only at the end, 0 after it. Damage inside the
     * recording and samples that are not finite throw an {@link IOException} that says where.
     */
    public int read(float[] out, int at, int count) throws IOException {
        int done = 0;
        while (done < count && fill()) {
            int piece = Math.min(count - done, ready.length - readyAt);
            System.arraycopy(ready, readyAt, out, at + done, piece);
            readyAt += piece;
            done += piece;
        }
        return done;
    }

    /** Passes over samples; fewer than {@code count} only at the end. */
    public long skip(long count) throws IOException {
        long done = 0;
        if (resampler == null && ready.length == 0 && pcm instanceof WavStream wav) {
            done = wav.skip(count);
            decoded += done;
        }
        while (done < count && fill()) {
            int piece = (int) Math.min(count - done, ready.length - readyAt);
            readyAt += piece;
            done += piece;
        }
        return done;
    }

    /** The next samples, at most {@code most} and fewer only at the end. */
    public float[] readUpTo(int most) throws IOException {
        float[] all = new float[Math.min(most, BLOCK)];
        int count = 0;
        while (count < most) {
            if (count == all.length) {
                all = Arrays.copyOf(all, (int) Math.min(most, 2L * all.length));
            }
            int got = read(all, count, all.length - count);
            if (got == 0) {
                break;
            }
            count += got;
        }
        return count == all.length ? all : Arrays.copyOf(all, count);
    }

    /** The samples that are left; a recording of more than 2^31 samples is an {@link IOException}. */
    public float[] readAll() throws IOException {
        float[] all = new float[BLOCK];
        int count = 0;
        while (fill()) {
            int piece = ready.length - readyAt;
            if (count + (long) piece > Integer.MAX_VALUE - 8) {
                throw new IOException("the recording is longer than 2^31 samples");
            }
            if (count + piece > all.length) {
                all = Arrays.copyOf(
                        all, (int) Math.min(Integer.MAX_VALUE - 8, Math.max(all.length * 2L, count + piece)));
            }
            System.arraycopy(ready, readyAt, all, count, piece);
            count += piece;
            readyAt = ready.length;
        }
        return count == all.length ? all : Arrays.copyOf(all, count);
    }

    /** The rate of the recording itself. */
    int sourceRate() {
        return pcm.sampleRate();
    }

    @Override
    public void close() throws IOException {
        pcm.close();
    }

    /** True if samples are ready. */
    private boolean fill() throws IOException {
        while (readyAt == ready.length && !atEnd) {
            int got = pcm.read(block, 0, BLOCK);
            if (got < 0) {
                atEnd = true;
                if (decoded < promised) {
                    throw new IOException(
                            "the recording is cut off: its header promises " + promised + " samples, found " + decoded);
                }
                if (decoded == 0) {
                    throw new IOException("the recording has no samples");
                }
                ready = resampler == null ? new float[0] : resampler.finish();
            } else {
                checkFinite(got);
                ready = resampler == null ? Arrays.copyOf(block, got) : resampler.push(block, 0, got);
                decoded += got;
            }
            readyAt = 0;
        }
        return readyAt < ready.length;
    }

    private void checkFinite(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            if (!Float.isFinite(block[i])) {
                throw new IOException("sample " + (decoded + i) + " is " + block[i] + ", not a finite number");
            }
        }
    }
}
