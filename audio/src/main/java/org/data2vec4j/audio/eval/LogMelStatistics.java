package org.data2vec4j.audio.eval;

import java.util.Objects;
import org.data2vec4j.audio.data.decode.AudioClip;
import org.data2vec4j.audio.data.feature.AcousticFeatures;
import org.data2vec4j.audio.data.feature.LogMel;
import org.data2vec4j.model.encoder.Input;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.Tensors;
import org.data2vec4j.train.data.Preview;

/** Log-mel energies of recordings, which nothing was learned for: as features, and as pictures. */
public final class LogMelStatistics {
    private static final int BANDS = 40;
    private static final int COLUMNS = 64;

    private LogMelStatistics() {}

    /** Mean and deviation of each log-mel band over a recording, of waveforms (B, samples): (B, 160). */
    static Tensor of(Input waveforms) {
        LogMel mel = new LogMel();
        int size = waveforms.ids().length;
        int[] lengths = Objects.requireNonNull(waveforms.lengths());
        float[] samples = waveforms.source().toFloats();
        int width = samples.length / size;
        float[][] rows = new float[size][];
        for (int i = 0; i < size; i++) {
            rows[i] = statistics(mel.of(samples, i * width, lengths[i]));
        }
        int features = rows[0].length;
        float[] values = new float[size * features];
        for (int i = 0; i < size; i++) {
            System.arraycopy(rows[i], 0, values, i * features, features);
        }
        return Tensors.of(values, size, features);
    }

    private static float[] statistics(AcousticFeatures frames) {
        int width = frames.width();
        float[] row = new float[2 * width];
        for (int band = 0; band < width; band++) {
            double sum = 0;
            double squares = 0;
            for (int t = 0; t < frames.frames(); t++) {
                double value = frames.values()[t * width + band];
                sum += value;
                squares += value * value;
            }
            double mean = sum / frames.frames();
            row[band] = (float) mean;
            row[width + band] = (float) Math.sqrt(Math.max(0, squares / frames.frames() - mean * mean));
        }
        return row;
    }

    /** Low frequencies at the bottom, the whole recording squeezed into {@value #COLUMNS} columns. */
    public static Preview.HeatMap heatMap(AudioClip clip) {
        AcousticFeatures mel = new LogMel(16_000, BANDS).of(clip.samples(), 0, clip.samples().length);
        float[] values = new float[BANDS * COLUMNS];
        for (int x = 0; x < COLUMNS; x++) {
            int begin = (int) ((long) x * mel.frames() / COLUMNS);
            int end = Math.max(begin + 1, (int) ((x + 1L) * mel.frames() / COLUMNS));
            for (int band = 0; band < BANDS; band++) {
                float sum = 0;
                for (int frame = begin; frame < end; frame++) {
                    sum += mel.values()[frame * BANDS + band];
                }
                values[(BANDS - 1 - band) * COLUMNS + x] = sum / (end - begin);
            }
        }
        return new Preview.HeatMap(COLUMNS, BANDS, values);
    }
}
