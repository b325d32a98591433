package org.data2vec4j.model.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.assertj.core.data.Offset;
import org.data2vec4j.core.UserException;
import org.data2vec4j.model.InScope;
import org.data2vec4j.model.Tiny;
import org.data2vec4j.model.mask.Grid;
import org.data2vec4j.model.mask.Layout;
import org.data2vec4j.model.mask.MaskBatch;
import org.data2vec4j.model.mask.RandomMask;
import org.data2vec4j.model.nn.Block;
import org.data2vec4j.model.nn.NormPlacement;
import org.data2vec4j.model.nn.Weights;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Grad;
import org.data2vec4j.tensor.Native;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.Tensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(InScope.class)
class EncoderTest {
    private static final Offset<Float> CLOSE = offset(2e-5f);

    @ParameterizedTest
    @EnumSource(NormPlacement.class)
    void encodingTheVisibleTokensIsEncodingWhatALoopGathers(NormPlacement norm) {
        Encoder encoder = Tiny.encoder(1, 1, 1, norm);
        Tiny.placed(encoder);
        Input images = Tiny.images(2, 3);
        Tensor tokens_BTD =
                encoder.featureEncoder().tokens(images, encoder.featureEncoder().layout(images));
        MaskBatch masks = MaskBatch.draw(new RandomMask(0.5), new Grid(2, 3), 1, 0, images.ids(), 3);
        Tensor encoded_RVD = encoder.encodeVisible(tokens_BTD, MaskIndices.of(masks, Device.CPU))
                .positions();
        assertThat(Tiny.shape(encoded_RVD)).containsExactly(6L, 3L, (long) Tiny.WIDTH);

        for (int row = 0; row < masks.rows(); row++) {
            float[] sample = Tiny.row(tokens_BTD, row / 3);
            float[] gathered = new float[masks.visible() * Tiny.WIDTH];
            int v = 0;
            for (int t = 0; t < 6; t++) {
                if (!masks.masked(row, t)) {
                    System.arraycopy(sample, t * Tiny.WIDTH, gathered, v++ * Tiny.WIDTH, Tiny.WIDTH);
                }
            }
            Tensor alone = encoder.encode(
                            Tensors.of(gathered, 1, masks.visible(), Tiny.WIDTH),
                            Layout.of(Grid.row(masks.visible()), 1))
                    .positions();
            assertThat(Tiny.row(encoded_RVD, row)).containsExactly(alone.toFloats(), CLOSE);
        }
    }

    @ParameterizedTest
    @EnumSource(NormPlacement.class)
    void featuresOfABatchAreTheFeaturesOfEachSampleAlone(NormPlacement norm) {
        Encoder encoder = Tiny.encoder(1, 2, 1, norm);
        Tiny.placed(encoder);
        Input images = Tiny.images(3, 3);
        Tensor together = encoder.forward(images.source()).features_BTD();
        for (int i = 0; i < 3; i++) {
            Tensor alone = encoder.forward(Tiny.alone(images, i).source()).features_BTD();
            assertThat(Tiny.row(together, i)).containsExactly(alone.toFloats(), CLOSE);
        }
    }

    @ParameterizedTest
    @EnumSource(NormPlacement.class)
    void whatIsFreedBlockByBlockIsTheSameToTheBit(NormPlacement norm) {
        Encoder encoder = Tiny.encoder(1, 2, 1, norm);
        Tiny.placed(encoder);
        Input images = Tiny.images(3, 3);
        Encoder.Output recorded = encoder.forward(images);
        List<float[]> expected = new ArrayList<>();
        for (List<Block.Output> part : List.of(recorded.prenet(), recorded.blocks())) {
            part.forEach(block -> Collections.addAll(
                    expected,
                    block.tokens_BTD().toFloats(),
                    block.feedForward_BTD().toFloats()));
        }
        expected.add(recorded.features_BTD().toFloats());

        List<float[]> visited = new ArrayList<>();
        Grad.noGrad(() -> {
            Tensor features = encoder.forward(images, (block, output) -> {
                assertThat(block).isEqualTo(visited.size() / 2);
                Collections.addAll(
                        visited,
                        output.tokens_BTD().toFloats(),
                        output.feedForward_BTD().toFloats());
            });
            visited.add(features.toFloats());
        });
        assertThat(visited).containsExactlyElementsOf(expected);
        Encoder.Output kept = Grad.noGrad(() -> encoder.forward(images));
        assertThat(kept.prenet().get(0).tokens_BTD().toFloats()).containsExactly(expected.get(0));
        assertThat(kept.blocks().get(0).feedForward_BTD().toFloats()).containsExactly(expected.get(3));
        assertThat(kept.features_BTD().toFloats()).containsExactly(expected.get(6));
    }

    @Test
    void aVisitedPassHoldsNoMoreNativeObjectsForMoreBlocks() {
        assertThat(kept(9)).isLessThanOrEqualTo(kept(3));
    }

    /** How many native objects of a pass live until the scope around it is closed. */
    private static long kept(int depth) {
        Encoder encoder = Tiny.encoder(0, depth, 1, NormPlacement.PRE);
        Tiny.placed(encoder);
        Input images = Tiny.images(3, 3);
        long before = Native.livePointers();
        Grad.noGrad(() -> encoder.forward(images, Block.Visitor.NONE));
        return Native.livePointers() - before;
    }

    @Test
    void extraTokensStandBeforeTheOthersAndTheLastOfThemIsCls() {
        Encoder encoder = Tiny.encoder(0, 1, 2, NormPlacement.POST);
        Weights weights = Tiny.placed(encoder);
        Encoder.Output output = encoder.forward(Tiny.images(2, 3).source());
        assertThat(Tiny.shape(output.features_BTD())).containsExactly(2L, 8L, (long) Tiny.WIDTH);
        assertThat(Tiny.shape(output.positions())).containsExactly(2L, 6L, (long) Tiny.WIDTH);
        assertThat(output.cls().toFloats())
                .containsExactly(output.features_BTD().select(1, 1).toFloats());
        assertThat(output.positions().toFloats())
                .containsExactly(output.features_BTD().narrow(1, 2, 6).toFloats());

        float[] before = output.positions().toFloats();
        weights.parameter("m.extra_tokens").value().add_(Tiny.normal(8, 1, 2, Tiny.WIDTH));
        assertThat(encoder.forward(Tiny.images(2, 3).source()).positions().toFloats())
                .as("positions look at the extra tokens")
                .isNotEqualTo(before);
        assertThat(weights.parameter("m.extra_tokens").decays()).isFalse();
    }

    @Test
    void withoutExtraTokensThereIsNoCls() {
        Encoder encoder = Tiny.encoder(0, 1, 0, NormPlacement.POST);
        Weights weights = Tiny.placed(encoder);
        assertThat(weights.parameters()).doesNotContainKey("m.extra_tokens");
        Encoder.Output output = encoder.forward(Tiny.images(2, 3).source());
        assertThat(output.positions()).isSameAs(output.features_BTD());
        assertThatThrownBy(output::cls)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no extra token");
    }

    @Test
    void everyBlocksOutputIsThereAndPreNormEndsInANorm() {
        Encoder post = Tiny.encoder(2, 3, 1, NormPlacement.POST);
        Tiny.placed(post);
        Encoder.Output output = post.forward(Tiny.images(1, 3).source());
        assertThat(output.prenet()).hasSize(2);
        assertThat(output.blocks()).hasSize(3);
        assertThat(output.features_BTD()).isSameAs(output.blocks().get(2).tokens_BTD());

        Encoder pre = Tiny.encoder(0, 1, 1, NormPlacement.PRE);
        Weights weights = Tiny.placed(pre);
        weights.parameter("m.norm.weight").value().zero_().add_(1);
        weights.parameter("m.norm.bias").value().zero_();
        Tensor features = pre.forward(Tiny.images(1, 3).source()).features_BTD();
        for (float variance : features.variance(false, false, 2).toFloats()) {
            assertThat(variance).isCloseTo(1, offset(1e-3f));
        }
    }

    @Test
    void illegalSettingsNameTheField() {
        var block = Tiny.block(NormPlacement.POST);
        assertThatThrownBy(() -> new EncoderConfig(-1, 1, 0, block))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("prenet is -1");
        assertThatThrownBy(() -> new EncoderConfig(0, 0, 0, block)).hasMessageStartingWith("depth is 0");
        assertThatThrownBy(() -> new EncoderConfig(0, 1, -1, block)).hasMessageStartingWith("extra_tokens is -1");
    }

    /** Of the last block, from what the block before it gave; every row is a share of all tokens. */
    @ParameterizedTest
    @EnumSource(NormPlacement.class)
    void attentionIsTheLastBlocks(NormPlacement norm) {
        Encoder encoder = Tiny.encoder(1, 1, 1, norm);
        Tiny.placed(encoder);
        Input images = Tiny.images(2, 3);
        Tensor weights_BHSS = encoder.attention(images);
        long tokens = 1L + encoder.featureEncoder().layout(images).grid().size();
        assertThat(Tiny.shape(weights_BHSS)).containsExactly(2L, 2L, tokens, tokens);
        for (float sum : weights_BHSS.sum(false, 3).toFloats()) {
            assertThat(sum).isCloseTo(1, CLOSE);
        }
        Block last = (Block) encoder.layers().get("main.blocks.0");
        Tensor before = encoder.forward(images).prenet().get(0).tokens_BTD();
        assertThat(weights_BHSS.toFloats())
                .containsExactly(last.attention(before, null).toFloats(), CLOSE);
    }
}
