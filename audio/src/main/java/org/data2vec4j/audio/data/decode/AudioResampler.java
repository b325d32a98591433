package org.data2vec4j.audio.data.decode;

import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import org.data2vec4j.core.Check;

/**
 * Changes the sample rate by a band-limited polyphase filter: frequencies up to 0.92 of the lower Nyquist frequency keep
 * amplitude and phase, those above it fall by 80 dB, a constant stays what it is. Output sample j stands at input time
 * {@code j·from/to}; there are {@code ceil(n·to/from)} of them; the signal is taken as silence before and after. However the
 * input is cut into pieces, the output is the same. Used by one thread.
 */
public final class AudioResampler {
    /** Filters of more weights than this are computed as they are needed: odd pairs of rates have thousands of phases. */
    private static final long LARGEST_TABLE = 1 << 20;

    private static final ConcurrentHashMap<Long, float[]> TABLES = new ConcurrentHashMap<>();

    private final int up;
    private final int down;
    private final int half; // input samples on either side of an output sample
    private final double scale; // periods of the lower rate per input sample
    private final float[] table; // up rows of 2·half weights; empty if computed as needed
    private final float[] row;
    private float[] held; // input samples from number heldFrom on
    private int heldCount;
    private long heldFrom;
    private long received;
    private long produced;

    /** From one rate to another, in Hz; both positive. */
    public AudioResampler(int from, int to) {
        int divisor = gcd(Check.positive("from", from), Check.positive("to", to));
        this.up = to / divisor;
        this.down = from / divisor;
        this.scale = Math.min(1.0, (double) to / from);
        this.half = (int) Math.ceil(Kaiser.HALF_WIDTH / scale);
        this.row = new float[2 * half];
        boolean small = (long) up * row.length <= LARGEST_TABLE;
        this.table = small ? TABLES.computeIfAbsent((long) up << 32 | down, key -> allRows()) : new float[0];
        this.held = new float[4 * half];
        this.heldFrom = -half; // silence before the beginning
        this.heldCount = half;
    }

    /** The number of samples that {@code frames} become. */
    public static long length(long frames, int from, int to) {
        int divisor = gcd(from, to);
        return ceilDiv(Math.multiplyExact(frames, (long) (to / divisor)), (long) (from / divisor));
    }

    /** A whole signal. */
    public static float[] resample(float[] samples, int from, int to) {
        if (from == to) {
            return samples.clone();
        }
        AudioResampler resampler = new AudioResampler(from, to);
        float[] first = resampler.push(samples, 0, samples.length);
        float[] rest = resampler.finish();
        float[] all = Arrays.copyOf(first, first.length + rest.length);
        System.arraycopy(rest, 0, all, first.length, rest.length);
        return all;
    }

    /** Takes the next {@code count} samples from {@code in[at]} on and gives the output that they complete. */
    public float[] push(float[] in, int at, int count) {
        append(in, at, count);
        received += count;
        // output j reads inputs floor(j·down/up)−half+1 … floor(j·down/up)+half
        long complete = received - half; // the first input position whose neighbours are not all there
        return complete <= 0 ? new float[0] : produce(ceilDiv(complete * up, (long) down));
    }

    /** The output that is left after the last input; the resampler is used up. */
    public float[] finish() {
        append(new float[half + 1], 0, half + 1);
        return produce(ceilDiv(received * up, (long) down));
    }

    private float[] produce(long end) {
        float[] out = new float[(int) Math.max(0, end - produced)];
        for (int i = 0; i < out.length; i++, produced++) {
            long place = produced * down;
            int phase = (int) (place % up);
            int from = (int) (place / up - half + 1 - heldFrom);
            float[] weights = table;
            int at = phase * row.length;
            if (table.length == 0) {
                writeRow(phase, row, 0);
                weights = row;
                at = 0;
            }
            double sum = 0;
            for (int k = 0; k < row.length; k++) {
                sum += weights[at + k] * held[from + k];
            }
            out[i] = (float) sum;
        }
        forget();
        return out;
    }

    private void append(float[] in, int at, int count) {
        if (heldCount + count > held.length) {
            held = Arrays.copyOf(held, Math.max(2 * held.length, heldCount + count));
        }
        System.arraycopy(in, at, held, heldCount, count);
        heldCount += count;
    }

    /** Drops what no further output reads. */
    private void forget() {
        long needed = produced * down / up - half + 1;
        int drop = (int) Math.min(heldCount, Math.max(0, needed - heldFrom));
        System.arraycopy(held, drop, held, 0, heldCount - drop);
        heldCount -= drop;
        heldFrom += drop;
    }

    private float[] allRows() {
        float[] rows = new float[up * row.length];
        for (int phase = 0; phase < up; phase++) {
            writeRow(phase, rows, phase * row.length);
        }
        return rows;
    }

    /** Weights of one phase; their sum is exactly what keeps a constant. */
    private void writeRow(int phase, float[] out, int at) {
        double fraction = phase / (double) up;
        double[] weights = new double[row.length];
        double sum = 0;
        for (int k = 0; k < weights.length; k++) {
            weights[k] = Kaiser.value((k - half + 1 - fraction) * scale);
            sum += weights[k];
        }
        for (int k = 0; k < weights.length; k++) {
            out[at + k] = (float) (weights[k] / sum);
        }
    }

    private static long ceilDiv(long a, long b) {
        return -Math.floorDiv(-a, b);
    }

    private static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }
}
