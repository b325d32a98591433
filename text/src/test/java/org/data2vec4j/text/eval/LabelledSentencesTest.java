package org.data2vec4j.text.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.data2vec4j.evaluation.probe.Features;
import org.data2vec4j.evaluation.suite.FrozenConfig;
import org.data2vec4j.evaluation.suite.FrozenEvaluation;
import org.data2vec4j.evaluation.suite.FrozenFeatures;
import org.data2vec4j.evaluation.suite.ViewScore;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.model.encoder.EncoderConfig;
import org.data2vec4j.model.nn.BlockConfig;
import org.data2vec4j.model.nn.Weights;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Native;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.text.TextModality;
import org.data2vec4j.text.data.LabelledData;
import org.data2vec4j.text.data.LabelledSamples;
import org.data2vec4j.text.data.LabelledText;
import org.data2vec4j.text.tokenizer.BpeTokenizer;
import org.data2vec4j.text.tokenizer.BpeTrainer;
import org.data2vec4j.text.tokenizer.BpeTrainerConfig;
import org.data2vec4j.train.data.LabelledSplit;
import org.junit.jupiter.api.Test;

class LabelledSentencesTest {
    private static final TextModality TEXT = TextModality.of(400, 64);
    private static final List<LabelledText> TEXTS =
            LabelledData.synthetic(0, 60, 3).texts();
    private static final BpeTokenizer TOKENIZER = BpeTrainer.train(
            TEXTS.stream()
                    .map(text -> text.first().getBytes(StandardCharsets.UTF_8))
                    .iterator(),
            BpeTrainerConfig.ofSize(400));

    private static Encoder encoder() {
        Encoder encoder = new Encoder(TEXT.featureEncoder(16).get(), new EncoderConfig(1, 2, 1, BlockConfig.of(16, 2)));
        Weights.allocate(Device.CPU, Map.of("encoder", encoder)).initialise(5);
        return encoder;
    }

    private static LabelledSentences sentences(int from, int to, int batch) {
        return new LabelledSentences(
                TEXTS.subList(from, to), LabelledData.synthetic(0, 60, 3).task().classes(), TEXT, TOKENIZER, 64, batch);
    }

    private static FrozenFeatures features(Encoder encoder, int to, int batch) {
        return FrozenFeatures.of(encoder, sentences(0, to, batch), Device.CPU, DType.F32, Set.of(), 1);
    }

    private static LabelledSamples samples(int from, int to) {
        return new LabelledSamples(TEXTS.subList(from, to), TOKENIZER, 64);
    }

    @Test
    void aSentencesFeaturesDoNotDependOnItsNeighboursInTheBatch() {
        try (Scope scope = Scope.open()) {
            Encoder encoder = encoder();
            encoder.train(true);
            FrozenFeatures alone = features(encoder, 7, 1);
            FrozenFeatures together = features(encoder, 7, 4);
            assertThat(encoder.training()).isTrue();
            assertThat(alone.views()).hasSize(2 * 4);
            alone.views().forEach((view, features) -> {
                Features other = together.view(view);
                assertThat(other.features_ND().shape()).containsExactly(7, 16);
                assertThat(other.features_ND().toFloats())
                        .containsExactly(features.features_ND().toFloats(), within(1e-5f));
                assertThat(other.ids()).containsExactly(0, 1, 2, 3, 4, 5, 6);
                assertThat(other.labels()[6]).isEqualTo((int) TEXTS.get(6).target());
            });
        }
    }

    @Test
    void aBagOfTokensCountsAllOfThem() {
        try (Scope scope = Scope.open()) {
            LabelledSamples samples = samples(0, 3);
            float[] counts =
                    FrozenFeatures.baseline(sentences(0, 3, 2)).features_ND().toFloats();
            for (int i = 0; i < 3; i++) {
                float sum = 0;
                for (int bucket = 0; bucket < 1024; bucket++) {
                    sum += counts[1024 * i + bucket];
                }
                assertThat(sum).isEqualTo(samples.length(i));
            }
        }
    }

    @Test
    void topicsAreToldApartByTheirWordsAndNothingNativeStays() {
        try (Scope scope = Scope.open()) {
            FrozenEvaluation evaluation = new FrozenEvaluation(
                    FrozenConfig.DEFAULT,
                    new LabelledSplit(sentences(0, 45, 16), sentences(45, 60, 16), Map.of(), () -> {}),
                    Device.CPU,
                    DType.F32,
                    seed -> encoder());
            Encoder encoder = encoder();
            evaluation.scores(encoder);
            long before = Native.livePointers();
            evaluation.scores(encoder);
            ViewScore counts = evaluation.baseline();
            assertThat(Native.livePointers()).isLessThanOrEqualTo(before);
            assertThat(counts.linear().total()).isEqualTo(15);
            assertThat(counts.linear().accuracy()).isGreaterThan(0.4); // chance is 1/6
        }
    }

    @Test
    void nearestPassagesAndTokensAreOthers() {
        try (Scope scope = Scope.open()) {
            Passages passages = new Passages(samples(0, 60), TOKENIZER.specials(), 30, 12);
            assertThat(passages.count()).isEqualTo(30);
            assertThat(passages.tokens(0)).hasSize(12);
            assertThat(passages.length(0)).isEqualTo(14);
            assertThat(TEXTS.get(2).first()).startsWith(TOKENIZER.decodeText(passages.tokens(1)));
            TextNeighbours neighbours = new TextNeighbours(passages, TEXT, DType.F32, Device.CPU);
            Encoder encoder = encoder();
            List<TextNeighbours.Query> near = neighbours.ofPassages(encoder, 5, 3);
            assertThat(near).hasSize(5);
            near.forEach(query -> {
                assertThat(query.nearest()).hasSize(3);
                assertThat(query.nearest())
                        .noneMatch(place -> place.passage() == query.place().passage());
                assertThat(query.nearest().get(0).similarity())
                        .isGreaterThanOrEqualTo(query.nearest().get(2).similarity());
            });
            List<TextNeighbours.Query> tokens = neighbours.ofTokens(encoder, token -> token >= 261, 1, 4, 2);
            assertThat(tokens).hasSize(4).isEqualTo(neighbours.ofTokens(encoder, token -> token >= 261, 1, 4, 2));
            tokens.forEach(query -> {
                int own = passages.tokens(query.place().passage())[query.place().token()];
                assertThat(own).isGreaterThanOrEqualTo(261);
                query.nearest().forEach(place -> {
                    assertThat(place.passage()).isNotEqualTo(query.place().passage());
                    assertThat(passages.tokens(place.passage())[place.token()]).isNotEqualTo(own);
                });
            });
            assertThat(neighbours.ofTokens(encoder, token -> false, 1, 4, 2)).isEmpty();
        }
    }
}
