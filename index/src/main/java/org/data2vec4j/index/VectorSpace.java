package org.data2vec4j.index;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.data2vec4j.data.AtomicFile;
import org.jspecify.annotations.Nullable;

/**
 * The space in which vectors of a collection are compared: less their mean, or also whitened, and always of length 1. Whitening
 * multiplies by the inverse of the lower Cholesky factor of the covariance; any other whitening gives the same cosines, since the two
 * differ by a rotation. The covariance gets {@value #RIDGE} of its mean variance on the diagonal, so that directions in which the
 * collection hardly varies do not drown the others. Shapes: D width.
 */
final class VectorSpace {
    static final String FILE = "space.bin";

    private static final int MAGIC = 0x64327653; // "d2vS"
    private static final double RIDGE = 1e-2;

    private final Comparison comparison;
    private final long count;
    private final float[] mean_D;
    private final float[] inverse_DD; // lower triangle, row by row; empty unless whitened

    private VectorSpace(Comparison comparison, long count, float[] mean_D, float[] inverse_DD) {
        this.comparison = comparison;
        this.count = count;
        this.mean_D = mean_D;
        this.inverse_DD = inverse_DD;
    }

    /** Statistics that vectors are added to. */
    static final class Statistics {
        private final Comparison comparison;
        private final int width;
        private final double[] sum;
        private final double[] products; // lower triangle of the sum of x xᵀ
        private long count;

        Statistics(Comparison comparison, int width) {
            this.comparison = comparison;
            this.width = width;
            this.sum = new double[width];
            this.products = new double[comparison == Comparison.WHITENED ? width * width : 0];
        }

        void add(float[] vector) {
            count++;
            for (int i = 0; i < width; i++) {
                sum[i] += vector[i];
            }
            if (products.length > 0) {
                for (int i = 0; i < width; i++) {
                    double factor = vector[i];
                    int from = i * width;
                    for (int j = 0; j <= i; j++) {
                        products[from + j] += factor * vector[j];
                    }
                }
            }
        }

        VectorSpace space() {
            float[] mean = new float[width];
            if (comparison != Comparison.RAW && count > 1) {
                for (int i = 0; i < width; i++) {
                    mean[i] = (float) (sum[i] / count);
                }
            }
            boolean whitened = comparison == Comparison.WHITENED && count > 1;
            return new VectorSpace(comparison, count, mean, whitened ? inverse() : new float[0]);
        }

        private float[] inverse() {
            double[][] covariance = new double[width][width];
            double trace = 0;
            for (int i = 0; i < width; i++) {
                for (int j = 0; j <= i; j++) {
                    covariance[i][j] = products[i * width + j] / count - sum[i] / count * (sum[j] / count);
                }
                trace += covariance[i][i];
            }
            double ridge = Math.max(RIDGE * trace / width, Float.MIN_NORMAL);
            for (int i = 0; i < width; i++) {
                covariance[i][i] += ridge;
            }
            return inverseOfFactor(covariance);
        }
    }

    /** The inverse of the lower Cholesky factor L of a matrix, of which the lower triangle is given: row by row. */
    private static float[] inverseOfFactor(double[][] a) {
        int n = a.length;
        for (int i = 0; i < n; i++) { // a becomes L
            for (int j = 0; j <= i; j++) {
                double sum = a[i][j];
                for (int k = 0; k < j; k++) {
                    sum -= a[i][k] * a[j][k];
                }
                a[i][j] = i == j ? Math.sqrt(Math.max(sum, Float.MIN_NORMAL)) : sum / a[j][j];
            }
        }
        float[] inverse = new float[n * n];
        double[] column = new double[n];
        for (int c = 0; c < n; c++) { // L x = unit vector c
            Arrays.fill(column, 0);
            for (int i = c; i < n; i++) {
                double sum = i == c ? 1 : 0;
                for (int k = c; k < i; k++) {
                    sum -= a[i][k] * column[k];
                }
                column[i] = sum / a[i][i];
                inverse[i * n + c] = (float) column[i];
            }
        }
        return inverse;
    }

    /** How many vectors the statistics are of. */
    long count() {
        return count;
    }

    /** (D): the vector in this space, of length 1; zeros if nothing is left of it. */
    float[] of(float[] vector) {
        int width = vector.length;
        float[] centred = new float[width];
        for (int i = 0; i < width; i++) {
            centred[i] = vector[i] - mean_D[i];
        }
        float[] result = inverse_DD.length == 0 ? centred : whitened(centred);
        double squares = 0;
        for (float value : result) {
            squares += (double) value * value;
        }
        double scale = squares > 0 ? 1 / Math.sqrt(squares) : 0;
        for (int i = 0; i < width; i++) {
            result[i] = (float) (result[i] * scale);
        }
        return result;
    }

    private float[] whitened(float[] centred) {
        int width = centred.length;
        float[] result = new float[width];
        for (int i = 0; i < width; i++) {
            double sum = 0;
            for (int j = 0; j <= i; j++) {
                sum += inverse_DD[i * width + j] * centred[j];
            }
            result[i] = (float) sum;
        }
        return result;
    }

    /** A checksum by which what was made in this space is known. */
    int checksum() {
        CRC32C crc = new CRC32C();
        crc.update(bytes());
        return (int) crc.getValue();
    }

    private ByteBuffer bytes() {
        ByteBuffer out =
                ByteBuffer.allocate(4 * Integer.BYTES + Long.BYTES + Float.BYTES * (mean_D.length + inverse_DD.length));
        out.putInt(MAGIC)
                .putInt(comparison.name().hashCode())
                .putLong(count)
                .putInt(mean_D.length)
                .putInt(inverse_DD.length);
        FloatBuffer numbers = out.asFloatBuffer();
        numbers.put(mean_D).put(inverse_DD);
        return out.rewind();
    }

    void write(Path index) {
        ByteBuffer bytes = bytes();
        CRC32C crc = new CRC32C();
        crc.update(bytes.duplicate());
        AtomicFile.write(index.resolve(FILE), channel -> {
            IndexJournal.writeAll(channel, bytes);
            IndexJournal.writeAll(
                    channel,
                    ByteBuffer.allocate(Integer.BYTES)
                            .putInt((int) crc.getValue())
                            .flip());
        });
    }

    /** What is written there; null if it is not there, not whole, or for another comparison. */
    static @Nullable VectorSpace read(Path index, Comparison comparison, int width) {
        byte[] all;
        try {
            Path file = index.resolve(FILE);
            if (!Files.isRegularFile(file)) {
                return null;
            }
            all = Files.readAllBytes(file);
        } catch (IOException e) {
            return null; // it is computed again from the vectors
        }
        int header = 4 * Integer.BYTES + Long.BYTES;
        if (all.length < header + Integer.BYTES) {
            return null;
        }
        CRC32C crc = new CRC32C();
        crc.update(all, 0, all.length - Integer.BYTES);
        ByteBuffer in = ByteBuffer.wrap(all);
        boolean whole = in.getInt(all.length - Integer.BYTES) == (int) crc.getValue() && in.getInt() == MAGIC;
        if (!whole || in.getInt() != comparison.name().hashCode()) {
            return null;
        }
        long count = in.getLong();
        float[] mean = new float[in.getInt()];
        float[] inverse = new float[in.getInt()];
        if (mean.length != width) {
            return null;
        }
        in.asFloatBuffer().get(mean).get(inverse);
        return new VectorSpace(comparison, count, mean, inverse);
    }
}
