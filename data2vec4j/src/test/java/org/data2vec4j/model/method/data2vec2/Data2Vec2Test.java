package org.data2vec4j.model.method.data2vec2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.List;
import java.util.stream.IntStream;
import org.data2vec4j.core.UserException;
import org.data2vec4j.model.InScope;
import org.data2vec4j.model.Tiny;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.model.encoder.EncoderConfig;
import org.data2vec4j.model.encoder.Input;
import org.data2vec4j.model.encoder.MaskIndices;
import org.data2vec4j.model.loss.RegressionLoss;
import org.data2vec4j.model.mask.Grid;
import org.data2vec4j.model.mask.MaskBatch;
import org.data2vec4j.model.mask.RandomMask;
import org.data2vec4j.model.method.LossTerm;
import org.data2vec4j.model.method.StepResult;
import org.data2vec4j.model.nn.NormPlacement;
import org.data2vec4j.model.teacher.TargetNormalization;
import org.data2vec4j.model.teacher.TargetsConfig;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.F;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.Tensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(InScope.class)
class Data2Vec2Test {
    private static final int MASKED = 3; // of the 2×3 positions

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void aSamplesLossDoesNotDependOnItsNeighbours(int clones) {
        Data2Vec2 method = Tiny.method(Tiny.config(clones, TargetsConfig.image(2), everyTerm()), 1, 3);
        Input batch = Tiny.images(2, 1);
        StepResult together = method.forward(batch, 5, false);
        StepResult first = method.forward(Tiny.alone(batch, 0), 5, false);
        StepResult second = method.forward(Tiny.alone(batch, 1), 5, false);
        assertThat(together.count()).isEqualTo(2L * clones * MASKED);
        assertThat(first.count()).isEqualTo((long) clones * MASKED);
        for (String term : new String[] {"regression", "reconstruction"}) {
            assertThat(sum(together, term))
                    .as(term)
                    .isCloseTo(sum(first, term) + sum(second, term), withinPercentage(1e-3));
        }
        // The CLS term is a sum over rows after division by the count, whatever the batch (as in the reference).
        assertThat(sum(together, "cls") / together.count())
                .isCloseTo((sum(first, "cls") + sum(second, "cls")) / first.count(), withinPercentage(1e-3));

        StepResult otherNeighbour = method.forward(
                new Input(
                        Tensors.cat(
                                List.of(
                                        Tiny.images(1, 50).source(),
                                        Tiny.alone(batch, 0).source()),
                                0),
                        new long[] {7, batch.ids()[0]}),
                5,
                false);
        StepResult neighbourAlone = method.forward(new Input(Tiny.images(1, 50).source(), new long[] {7}), 5, false);
        assertThat(sum(otherNeighbour, "regression") - sum(neighbourAlone, "regression"))
                .isCloseTo(sum(first, "regression"), withinPercentage(0.01));
    }

    @Test
    void batchNormalisedTargetsDoDependOnNeighbours() {
        TargetsConfig targets = new TargetsConfig(
                2, TargetsConfig.Feature.FEED_FORWARD, List.of(TargetNormalization.BATCH_NORM), List.of());
        Data2Vec2 method = Tiny.method(Tiny.config(2, targets, Data2Vec2LossConfig.defaults()), 1, 3);
        Input batch = Tiny.images(2, 1);
        double together = sum(method.forward(batch, 5, false), "regression");
        double alone = sum(method.forward(Tiny.alone(batch, 0), 5, false), "regression")
                + sum(method.forward(Tiny.alone(batch, 1), 5, false), "regression");
        assertThat(Math.abs(together / alone - 1)).isGreaterThan(1e-3);
    }

    @Test
    void masksChangeWithTheUpdateAndNothingElseDoes() {
        Data2Vec2 method = Tiny.method(3);
        Input batch = Tiny.images(2, 1);
        double loss = method.forward(batch, 5, false).loss().item();
        assertThat(method.forward(batch, 5, false).loss().item()).isEqualTo(loss);
        assertThat(method.forward(batch, 5, true).loss().item())
                .as("observing changes nothing")
                .isEqualTo(loss);
        assertThat(method.forward(batch, 6, false).loss().item()).isNotEqualTo(loss);
    }

    @Test
    void theTermsAreWhatLoopsSay() {
        for (RegressionLoss distance : List.of(new RegressionLoss.L2(), new RegressionLoss.SmoothL1(0.5))) {
            for (Double scale : new Double[] {null, 0.25}) {
                Data2Vec2LossConfig loss = new Data2Vec2LossConfig(distance, scale, 0.01, 0.5);
                Data2Vec2 method = Tiny.method(Tiny.config(2, TargetsConfig.image(2), loss), 1, 3);
                Tiny.scramble(method.weights(), 4);
                Input batch = Tiny.images(2, 1);
                MaskBatch masks = MaskBatch.draw(new RandomMask(0.5), new Grid(2, 3), 9, 0, batch.ids(), 2);
                MaskIndices view = MaskIndices.of(masks, Device.CPU);
                Encoder.Output encoded = method.encodeVisible(batch, view);
                Tensor predicted = method.decoder().forward(encoded.positions(), view);
                Tensor targets_BTD = method.targets(batch);
                Tensor pieces = method.encoder().featureEncoder().patches(batch.source());

                StepResult result = method.forward(batch, masks, Tiny.context(masks, false));
                double regression = 0;
                double cls = 0;
                double reconstruction = 0;
                Tensor drawn = F.linear(
                        predicted,
                        method.weights().parameter("reconstruction.weight").value(),
                        method.weights().parameter("reconstruction.bias").value());
                int n = 0;
                for (int row = 0; row < masks.rows(); row++) {
                    Tensor sample_TD = targets_BTD.select(0, row / 2);
                    cls += distance(distance, Tiny.row(encoded.cls(), row), mean(sample_TD), scale);
                    for (int t = 0; t < 6; t++) {
                        if (masks.masked(row, t)) {
                            regression += distance(distance, Tiny.row(predicted, n), Tiny.row(sample_TD, t), scale);
                            float[] piece = Tiny.row(pieces.select(0, row / 2), t);
                            reconstruction += distance(distance, Tiny.row(drawn, n), normalised(piece), scale);
                            n++;
                        }
                    }
                }
                assertThat(result.count()).isEqualTo(n);
                assertThat(sum(result, "regression")).isCloseTo(regression, withinPercentage(0.01));
                assertThat(sum(result, "cls") / n).isCloseTo(0.01 * cls, withinPercentage(0.01));
                assertThat(sum(result, "reconstruction")).isCloseTo(0.5 * reconstruction, withinPercentage(0.01));
                assertThat(result.loss().item())
                        .isCloseTo((regression + 0.5 * reconstruction) / n + 0.01 * cls, withinPercentage(0.01));
            }
        }
    }

    @Test
    void termsThatAreOffAreAbsent() {
        Data2Vec2LossConfig bare = new Data2Vec2LossConfig(new RegressionLoss.L2(), null, 0, 0);
        Data2Vec2 method = Tiny.method(Tiny.config(1, TargetsConfig.image(1), bare), 0, 3);
        assertThat(method.forward(Tiny.images(2, 1), 0, false).losses())
                .extracting(LossTerm::name)
                .containsExactly("regression");
        assertThat(method.weights().parameters().keySet()).noneMatch(name -> name.startsWith("reconstruction"));
        assertThat(Tiny.method(Tiny.config(1, TargetsConfig.image(1), everyTerm()), 1, 3)
                        .forward(Tiny.images(2, 1), 0, false)
                        .losses())
                .extracting(LossTerm::name)
                .containsExactly("regression", "cls", "spread", "reconstruction");
    }

    @Test
    void reconstructionFadesAwayWithTheUpdates() {
        Data2Vec2LossConfig fading = new Data2Vec2LossConfig(new RegressionLoss.L2(), null, 0, 2, 4, 0);
        assertThat(fading.reconstructionAt(0)).isEqualTo(2);
        assertThat(fading.reconstructionAt(3)).isEqualTo(0.5);
        assertThat(fading.reconstructionAt(9)).isZero();
        assertThat(everyTerm().reconstructionAt(1_000_000)).isEqualTo(1);
        Data2Vec2 method = Tiny.method(Tiny.config(1, TargetsConfig.image(1), fading), 0, 3);
        Input batch = Tiny.images(2, 1);
        assertThat(method.forward(batch, 3, false).losses())
                .extracting(LossTerm::name)
                .containsExactly("regression", "reconstruction");
        assertThat(method.forward(batch, 4, false).losses())
                .extracting(LossTerm::name)
                .containsExactly("regression");
    }

    @Test
    void spreadIsTheMeanSquaredCosineOfTheClones() {
        Data2Vec2LossConfig loss = new Data2Vec2LossConfig(new RegressionLoss.L2(), null, 0, 0, 0, 0.3);
        Data2Vec2 method = Tiny.method(Tiny.config(2, TargetsConfig.image(2), loss), 0, 3);
        Tiny.scramble(method.weights(), 4);
        Input batch = Tiny.images(3, 1);
        MaskBatch masks = MaskBatch.draw(new RandomMask(0.5), new Grid(2, 3), 9, 0, batch.ids(), 2);
        MaskIndices view = MaskIndices.of(masks, Device.CPU);
        Tensor pooled_RD = method.encodeVisible(batch, view).positions().mean(false, 1);
        double squares = 0;
        for (int i = 0; i < masks.rows(); i++) {
            for (int j = 0; j < masks.rows(); j++) {
                squares += Math.pow(cosine(Tiny.row(pooled_RD, i), Tiny.row(pooled_RD, j)), 2);
            }
        }
        double expected = 0.3 * Math.log(pooled_RD.size(1) * squares / (masks.rows() * masks.rows())) * masks.masked();
        StepResult result = method.forward(batch, masks, Tiny.context(masks, false));
        assertThat(sum(result, "spread")).isCloseTo(expected, withinPercentage(0.01));
    }

    private static double cosine(float[] a, float[] b) {
        double dot = 0;
        double aa = 0;
        double bb = 0;
        for (int d = 0; d < a.length; d++) {
            dot += a[d] * b[d];
            aa += a[d] * a[d];
            bb += b[d] * b[d];
        }
        return dot / Math.sqrt(aa * bb);
    }

    @Test
    void everyParameterGetsAFiniteGradient() {
        Data2Vec2 method = Tiny.method(Tiny.config(2, TargetsConfig.image(2), everyTerm()), 1, 3);
        method.train(true);
        Tiny.scramble(method.weights(), 4);
        method.forward(Tiny.images(2, 1), 0, false).loss().backward();
        method.weights().views(method.weights().gradients()).forEach((name, gradient) -> {
            assertThat(F.allFinite(gradient)).as(name).isTrue();
            assertThat(gradient.norm().item()).as(name).isPositive();
        });
    }

    @Test
    void theSameSeedGivesTheSameMethod() {
        Input batch = Tiny.images(2, 1);
        Data2Vec2 one = Tiny.method(3);
        Data2Vec2 two = Tiny.method(3);
        assertThat(two.weights().values().toFloats())
                .containsExactly(one.weights().values().toFloats());
        assertThat(two.forward(batch, 0, false).loss().item())
                .isEqualTo(one.forward(batch, 0, false).loss().item());
        assertThat(Tiny.method(4).weights().values().toFloats())
                .isNotEqualTo(one.weights().values().toFloats());
    }

    @Test
    void theLossFallsOnOneBatch() {
        Data2Vec2 method = Tiny.method(3);
        method.train(true);
        Input batch = Tiny.images(2, 1);
        double first = 0;
        double last = 0;
        for (int step = 0; step < 60; step++) { // the teacher stands still, the masks too
            method.weights().gradients().zero_();
            Tensor loss = method.forward(batch, 0, false).loss();
            loss.backward();
            method.weights().values().detach().add_(method.weights().gradients(), -0.05);
            last = loss.item();
            first = step == 0 ? last : first;
        }
        assertThat(last).isLessThan(0.6 * first);
    }

    @Test
    void theTeacherSeesTheWholeInputAndTheStudentOnlyWhatIsVisible() {
        Data2Vec2 method = Tiny.method(3);
        Tiny.scramble(method.weights(), 4);
        method.teacher().copyStudent();
        Input batch = Tiny.images(1, 1);
        MaskBatch masks = MaskBatch.draw(new RandomMask(0.5), new Grid(2, 3), 9, 0, batch.ids(), 1);
        MaskIndices view = MaskIndices.of(masks, Device.CPU);
        float[] seen = method.encodeVisible(batch, view).features_BTD().toFloats();
        float[] targets = method.targets(batch).toFloats();

        int hidden = IntStream.range(0, 6)
                .filter(t -> masks.masked(0, t))
                .findFirst()
                .orElseThrow();
        float[] pixels = batch.source().toFloats();
        pixels[(hidden / 3 * 4) * 12 + hidden % 3 * 4] += 5; // the first pixel of a masked patch
        Input changed = new Input(Tensors.of(pixels, 1, 3, 8, 12), batch.ids());
        assertThat(method.encodeVisible(changed, view).features_BTD().toFloats())
                .containsExactly(seen);
        assertThat(method.targets(changed).toFloats()).isNotEqualTo(targets);
    }

    @Test
    void anInputOfOnePositionHasNothingToPredict() {
        Data2Vec2 method = Tiny.method(3);
        Input one = new Input(Tiny.normal(1, 2, 3, 4, 4), new long[] {1, 2});
        assertThatThrownBy(() -> method.forward(one, 0, false))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("one position");
    }

    @Test
    void illegalSettingsNameTheField() {
        EncoderConfig shallow = new EncoderConfig(3, 1, 0, Tiny.block(NormPlacement.POST));
        assertThatThrownBy(() -> Tiny.config(1, TargetsConfig.image(2), noCls()).checkFits(shallow))
                .isInstanceOf(UserException.class)
                .hasMessage(
                        "targets.layers is 2 but model.depth is 1; only the shared blocks can be targets; allowed: 1 to 1");
        assertThatThrownBy(() -> Tiny.config(1, TargetsConfig.image(1), Data2Vec2LossConfig.defaults())
                        .checkFits(shallow))
                .hasMessage("loss.cls is 0.01 but model.extra_tokens is 0; the CLS loss needs an extra token");
        assertThatThrownBy(() -> Tiny.method(Tiny.config(1, TargetsConfig.image(3), noCls()), 0, 1))
                .hasMessageContaining("targets.layers is 3");
        assertThatThrownBy(() -> Tiny.config(0, TargetsConfig.image(1), noCls()))
                .hasMessageStartingWith("clones is 0");
        assertThatThrownBy(() -> new Data2Vec2LossConfig(new RegressionLoss.L2(), 0.0, 0, 0))
                .hasMessageStartingWith("scale is 0");
        assertThatThrownBy(() -> new Data2Vec2LossConfig(new RegressionLoss.L2(), null, -1, 0))
                .hasMessageStartingWith("cls is -1");
        assertThatThrownBy(() -> new Data2Vec2LossConfig(new RegressionLoss.L2(), null, 0, Double.NaN))
                .hasMessageStartingWith("reconstruction is NaN");
        assertThatThrownBy(() -> new RegressionLoss.SmoothL1(0)).hasMessageStartingWith("beta is 0");
    }

    private static Data2Vec2LossConfig everyTerm() {
        return new Data2Vec2LossConfig(new RegressionLoss.L2(), null, 0.01, 1, 0, 0.1);
    }

    private static Data2Vec2LossConfig noCls() {
        return new Data2Vec2LossConfig(new RegressionLoss.L2(), null, 0, 0);
    }

    private static double sum(StepResult result, String term) {
        return result.losses().stream()
                .filter(loss -> loss.name().equals(term))
                .findFirst()
                .orElseThrow()
                .sum()
                .item();
    }

    private static double distance(RegressionLoss loss, float[] a, float[] b, Double scale) {
        assertThat(a).hasSameSizeAs(b);
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            double gap = Math.abs((double) a[i] - b[i]);
            if (loss instanceof RegressionLoss.SmoothL1 smooth) {
                double beta = smooth.beta();
                sum += gap < beta ? gap * gap / (2 * beta) : gap - beta / 2;
            } else {
                sum += gap * gap;
            }
        }
        return sum * (scale == null ? 1 / Math.sqrt(a.length) : scale);
    }

    private static float[] mean(Tensor x_TD) {
        return x_TD.mean(false, 0).toFloats();
    }

    private static float[] normalised(float[] piece) {
        double mean = 0;
        for (float value : piece) {
            mean += value / (double) piece.length;
        }
        double squares = 0;
        for (float value : piece) {
            squares += (value - mean) * (value - mean);
        }
        double deviation = Math.sqrt(squares / (piece.length - 1) + 1e-6);
        float[] normalised = new float[piece.length];
        for (int i = 0; i < piece.length; i++) {
            normalised[i] = (float) ((piece[i] - mean) / deviation);
        }
        return normalised;
    }
}
