package org.data2vec4j.audio.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import java.util.List;
import org.data2vec4j.audio.model.AudioConfig.ExtractorNorm;
import org.data2vec4j.core.UserException;
import org.data2vec4j.model.Tiny;
import org.data2vec4j.model.TinySequences;
import org.data2vec4j.model.encoder.Input;
import org.data2vec4j.model.mask.Compat;
import org.data2vec4j.model.mask.Layout;
import org.data2vec4j.model.nn.Weights;
import org.data2vec4j.tensor.Tensor;
import org.junit.jupiter.api.Test;

class AudioFeatureEncoderTest {
    @Test
    void thePublishedExtractorSees400SamplesEvery320() {
        AudioConfig config = AudioConfig.defaults();
        assertThat(config.receptiveField()).isEqualTo(400);
        assertThat(config.samplesPerToken()).isEqualTo(320);
        assertThat(config.tokens(399)).isZero();
        assertThat(config.tokens(400)).isEqualTo(1);
        assertThat(config.tokens(719)).isEqualTo(1);
        assertThat(config.tokens(720)).isEqualTo(2);
        assertThat(config.tokens(64_000)).isEqualTo(199);
    }

    @Test
    void convolutionsAreThoseOfALoop() {
        AudioConfig config = TinySequences.audio(ExtractorNorm.LAYER, Compat.NONE);
        AudioFeatureEncoder featureEncoder = new AudioFeatureEncoder(config, Tiny.WIDTH);
        Weights weights = Tiny.placed(featureEncoder);
        Input input = new Input(Tiny.normal(3, 2, 40), new long[2]);
        Tensor got = featureEncoder.extract(input);
        double[][][] x = new double[2][40][1];
        float[] samples = input.source().toFloats();
        for (int i = 0; i < samples.length; i++) {
            x[i / 40][i % 40][0] = samples[i];
        }
        for (int layer = 0; layer < 2; layer++) {
            String name = "m.extractor.layers." + layer + ".";
            x = layer(
                    x,
                    TinySequences.EXTRACTOR.get(layer),
                    weights.parameter(name + "weight").value().toFloats(),
                    weights.parameter(name + "norm.weight").value().toFloats(),
                    weights.parameter(name + "norm.bias").value().toFloats());
        }
        assertThat(Tiny.shape(got)).containsExactly(2L, (long) config.tokens(40), 6L);
        float[] values = got.toFloats();
        for (int i = 0; i < values.length; i++) {
            int tokens = config.tokens(40);
            assertThat((double) values[i]).isCloseTo(x[i / 6 / tokens][i / 6 % tokens][i % 6], offset(1e-5));
        }
    }

    private static double[][][] layer(double[][][] x, ConvLayer shape, float[] kernel, float[] gain, float[] shift) {
        int in = x[0][0].length;
        int out = shape.channels();
        double[][][] y = new double[x.length][(int) shape.outputs(x[0].length)][out];
        for (int b = 0; b < y.length; b++) {
            for (int t = 0; t < y[b].length; t++) {
                double mean = 0;
                for (int c = 0; c < out; c++) {
                    for (int i = 0; i < in; i++) {
                        for (int k = 0; k < shape.kernel(); k++) {
                            y[b][t][c] += x[b][t * shape.stride() + k][i] * kernel[(c * in + i) * shape.kernel() + k];
                        }
                    }
                    mean += y[b][t][c] / out;
                }
                double variance = 0;
                for (int c = 0; c < out; c++) {
                    variance += (y[b][t][c] - mean) * (y[b][t][c] - mean) / out;
                }
                for (int c = 0; c < out; c++) {
                    double z = (y[b][t][c] - mean) / Math.sqrt(variance + 1e-5) * gain[c] + shift[c];
                    y[b][t][c] = 0.5 * z * (1 + erf(z / Math.sqrt(2)));
                }
            }
        }
        return y;
    }

    /** Abramowitz and Stegun 7.1.26, to 1.5e-7. */
    private static double erf(double x) {
        double t = 1 / (1 + 0.3275911 * Math.abs(x));
        double poly = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
        return Math.signum(x) * (1 - poly * Math.exp(-x * x));
    }

    @Test
    void lengthsBecomeTokens() {
        AudioFeatureEncoder featureEncoder =
                new AudioFeatureEncoder(TinySequences.audio(ExtractorNorm.LAYER, Compat.NONE), Tiny.WIDTH);
        Layout layout = featureEncoder.layout(TinySequences.recordings());
        assertThat(layout.grid().size()).isEqualTo(21);
        assertThat(List.of(layout.length(0), layout.length(1), layout.length(2)))
                .containsExactly(21, 9, 15);
    }

    @Test
    void aRecordingShorterThanTheReceptiveFieldIsRefused() {
        AudioFeatureEncoder featureEncoder =
                new AudioFeatureEncoder(TinySequences.audio(ExtractorNorm.LAYER, Compat.NONE), Tiny.WIDTH);
        Input input = new Input(Tiny.normal(3, 2, 40), new long[2], new int[] {40, 8});
        assertThatThrownBy(() -> featureEncoder.layout(input))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("8 samples is shorter than the 9 samples");
    }

    @Test
    void theGradientScaleActsOnTheExtractorAlone() {
        double[] norms = new double[2];
        for (int i = 0; i < 2; i++) {
            AudioConfig config = new AudioConfig(
                    16_000, TinySequences.EXTRACTOR, ExtractorNorm.LAYER, true, 0, i == 0 ? 1 : 0.1, Compat.NONE);
            AudioFeatureEncoder featureEncoder = new AudioFeatureEncoder(config, Tiny.WIDTH);
            Weights weights = Tiny.placed(featureEncoder);
            weights.trainable();
            Input input = new Input(Tiny.normal(3, 2, 40), new long[2]);
            featureEncoder
                    .tokens(input, featureEncoder.layout(input))
                    .square()
                    .sum()
                    .backward();
            norms[i] = weights.parameter("m.extractor.layers.0.bias")
                    .value()
                    .grad()
                    .norm()
                    .item();
        }
        assertThat(norms[1]).isCloseTo(norms[0] * 0.1, offset(norms[0] * 1e-4));
    }
}
