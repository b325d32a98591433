package org.data2vec4j.model.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import java.util.Arrays;
import java.util.List;
import org.data2vec4j.audio.model.AudioConfig.ExtractorNorm;
import org.data2vec4j.audio.recognition.CtcConfig;
import org.data2vec4j.audio.recognition.CtcModel;
import org.data2vec4j.model.Tiny;
import org.data2vec4j.model.TinySequences;
import org.data2vec4j.model.encoder.AttentionBiasConfig.Alibi;
import org.data2vec4j.model.encoder.EncoderConfig;
import org.data2vec4j.model.encoder.Input;
import org.data2vec4j.model.encoder.TargetLabels;
import org.data2vec4j.model.mask.Compat;
import org.data2vec4j.model.method.StepResult;
import org.data2vec4j.model.nn.BlockConfig;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.F;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.Tensors;
import org.junit.jupiter.api.Test;

class CtcTest {
    private static final TargetLabels.Sequences LETTERS =
            new TargetLabels.Sequences(new int[][] {{1, 2, 2, 3}, {}, {3, 1}});

    private static CtcModel model(TokenMaskConfig mask, FreezeConfig freeze) {
        CtcModel model = new CtcModel(
                new CtcConfig(0, null, mask, freeze),
                TinySequences.audioEncoder(TinySequences.audio(ExtractorNorm.LAYER, Compat.NONE), Alibi.defaults(), 0),
                4,
                1,
                Device.CPU);
        Tiny.scramble(model.weights(), 3);
        // Below 0 a scale counts as 0 and does not learn.
        model.weights().parameter("encoder.bias.scale").value().detach().copy_(new float[] {0.5f, 1});
        return model;
    }

    @Test
    void theLossSumsOverAllAlignments() {
        // Two frames, letters {blank, a}: "a" is spelt by a-, -a and aa.
        Tensor logs_TBV = F.logSoftmax(Tensors.of(new float[] {0.3f, -0.2f, 1f, 0.5f}, 2, 1, 2));
        float[] log = logs_TBV.toFloats();
        double expected = Math.exp(log[1] + log[2]) + Math.exp(log[0] + log[3]) + Math.exp(log[1] + log[3]);
        double loss = F.ctc(logs_TBV, new long[] {1}, new long[] {2}, new long[] {1}, 0)
                .item();
        assertThat(loss).isCloseTo(-Math.log(expected), offset(1e-5));
    }

    @Test
    void everythingLearnsAndEverySampleCounts() {
        CtcModel model = model(TokenMaskConfig.defaults(), FreezeConfig.defaults());
        model.train(true);
        StepResult result = model.forward(TinySequences.recordings().labelled(LETTERS), 0, true);
        assertThat(result.count()).isEqualTo(6);
        assertThat(result.diagnostics().get(0).value()).isZero();
        result.loss().backward();
        model.weights().views(model.weights().gradients()).forEach((name, gradient) -> {
            assertThat(F.allFinite(gradient)).as(name).isTrue();
            if (!name.equals("mask.vector")) {
                assertThat(gradient.norm().item()).as(name).isPositive();
            }
        });
    }

    @Test
    void aTranscriptTooLongForItsRecordingIsCountedAndAddsNothing() {
        CtcModel model = model(TokenMaskConfig.defaults(), FreezeConfig.defaults());
        int[] twins = new int[8]; // 9 frames cannot hold 8 equal letters and the blanks between them
        Arrays.fill(twins, 2);
        TargetLabels.Sequences labels = new TargetLabels.Sequences(new int[][] {{1}, twins, {3}});
        StepResult result = model.forward(TinySequences.recordings().labelled(labels), 0, true);
        assertThat(result.diagnostics().get(0).value()).isEqualTo(1);
        TargetLabels.Sequences without = new TargetLabels.Sequences(new int[][] {{1}, {}, {3}});
        double all = result.losses().get(0).sum().item();
        assertThat(all).isFinite();
        double rest = model.forward(TinySequences.recordings().labelled(without), 0, false)
                .losses()
                .get(0)
                .sum()
                .item();
        assertThat(all).isLessThan(rest); // the empty transcript has a price, the impossible one none
    }

    @Test
    void logProbabilitiesDoNotDependOnPadding() {
        CtcModel model = model(TokenMaskConfig.defaults(), FreezeConfig.defaults());
        Tensor together = model.logProbabilities(TinySequences.recordings());
        for (int i = 0; i < 3; i++) {
            Tensor alone = model.logProbabilities(TinySequences.recording(i));
            assertThat(together.select(0, i).narrow(0, 0, alone.size(1)).toFloats())
                    .containsExactly(alone.toFloats(), offset(5e-5f));
        }
    }

    @Test
    void whatIsFrozenGetsNoGradientAndNoRate() {
        CtcModel model = model(new TokenMaskConfig(0.5, 2, 0, 4), new FreezeConfig(true, 5));
        model.train(true);
        Input batch = TinySequences.recordings().labelled(LETTERS);
        for (long update : new long[] {4, 5}) {
            model.weights().gradients().zero_();
            model.forward(batch, update, false).loss().backward();
            boolean later = update == 5;
            model.weights().views(model.weights().gradients()).forEach((name, gradient) -> {
                boolean learns = name.startsWith("head.") || (later && !name.startsWith("encoder.local."));
                assertThat(gradient.norm().item() > 0).as(update + " " + name).isEqualTo(learns);
            });
            assertThat(model.rateFactor("encoder.local", update)).isZero();
            assertThat(model.rateFactor("encoder", update)).isEqualTo(later ? 1 : 0);
            assertThat(model.rateFactor("encoder.main.blocks.1", update)).isEqualTo(later ? 1 : 0);
            assertThat(model.rateFactor("head", update)).isEqualTo(1);
        }
    }

    @Test
    void hiddenSpansAreTheSamplesOwn() {
        TokenMask mask = new TokenMask(new TokenMaskConfig(0.4, 3, 0.25, 2), Tiny.WIDTH);
        Tiny.placed(mask);
        Input batch = TinySequences.recordings();
        var featureEncoder = TinySequences.audioEncoder(
                        TinySequences.audio(ExtractorNorm.LAYER, Compat.NONE), Alibi.defaults(), 0)
                .featureEncoder();
        var layout = featureEncoder.layout(batch);
        Tensor ones = Tensors.of(
                filled(3 * layout.grid().size() * Tiny.WIDTH), 3, layout.grid().size(), Tiny.WIDTH);
        Tensor hidden = mask.apply(ones, layout, 1, 2, batch.ids());
        assertThat(hidden.toFloats()).isNotEqualTo(ones.toFloats());
        assertThat(mask.apply(ones, layout, 1, 3, batch.ids()).toFloats()).isNotEqualTo(hidden.toFloats());
        for (int i = 0; i < 3; i++) {
            Input single = TinySequences.recording(i);
            var own = featureEncoder.layout(single);
            Tensor alone = mask.apply(
                    Tensors.of(
                            filled(own.grid().size() * Tiny.WIDTH),
                            1,
                            own.grid().size(),
                            Tiny.WIDTH),
                    own,
                    1,
                    2,
                    single.ids());
            assertThat(hidden.select(0, i).narrow(0, 0, own.grid().size()).toFloats())
                    .containsExactly(alone.toFloats());
        }
    }

    private static float[] filled(int count) {
        float[] values = new float[count];
        Arrays.fill(values, 1);
        return values;
    }

    @Test
    void batchesWithoutTranscriptsAndWrongSettingsAreRefused() {
        CtcModel model = model(TokenMaskConfig.defaults(), FreezeConfig.defaults());
        assertThatThrownBy(() -> model.forward(TinySequences.recordings(), 0, false))
                .hasMessageContaining("without transcripts");
        assertThatThrownBy(() -> new CtcConfig(1, null, TokenMaskConfig.defaults(), FreezeConfig.defaults()))
                .hasMessageStartingWith("dropout is 1");
        assertThatThrownBy(() -> new TokenMaskConfig(2, 1, 0, 1)).hasMessageStartingWith("time is 2");
        assertThatThrownBy(() -> new FreezeConfig(false, -1)).hasMessageStartingWith("encoder_updates is -1");
        assertThat(List.of(LETTERS.samples())).containsExactly(3);
    }

    @Test
    void theEncoderDropsWhatTheTaskSays() {
        EncoderConfig pretrained = new EncoderConfig(1, 2, 0, BlockConfig.of(16, 2));
        CtcConfig own = new CtcConfig(0, null, TokenMaskConfig.defaults(), FreezeConfig.defaults());
        assertThat(own.encoder(pretrained)).isEqualTo(pretrained);
        EncoderDropsConfig drops = new EncoderDropsConfig(0.1, 0.2, 0.3, 0.4);
        EncoderConfig dropping =
                new CtcConfig(0, drops, TokenMaskConfig.defaults(), FreezeConfig.defaults()).encoder(pretrained);
        assertThat(dropping.dropout()).isEqualTo(0.1);
        assertThat(dropping.layerDrop()).isEqualTo(0.4);
        assertThat(dropping.block().dropout()).isEqualTo(0.1);
        assertThat(dropping.block().attentionDropout()).isEqualTo(0.2);
        assertThat(dropping.block().activationDropout()).isEqualTo(0.3);
        assertThat(new EncoderDropsConfig(0, 0, 0, 0).in(dropping)).isEqualTo(pretrained);
        assertThatThrownBy(() -> new EncoderDropsConfig(0, 0, 0, 1)).hasMessageContaining("layer_drop");
    }
}
