package org.data2vec4j.text.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.data2vec4j.evaluation.probe.Features;
import org.data2vec4j.evaluation.probe.KnnConfig;
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
import org.junit.jupiter.api.Test;

class SentenceEvaluationTest {
    private static final TextModality TEXT = TextModality.of(400, 64);
    private static final List<LabelledText> TEXTS =
            LabelledData.synthetic(0, 60, 3).texts();
    private static final BpeTokenizer TOKENIZER = BpeTrainer.train(
            TEXTS.stream()
                    .map(text -> text.first().getBytes(StandardCharsets.UTF_8))
                    .iterator(),
            BpeTrainerConfig.ofSize(400));

    private static Encoder encoder() {
        Encoder encoder = new Encoder(TEXT.frontEnd(16).get(), new EncoderConfig(1, 2, 1, BlockConfig.of(16, 2)));
        Weights.allocate(Device.CPU, Map.of("encoder", encoder)).initialise(5);
        return encoder;
    }

    private static SentenceFeatures features(int batch) {
        return new SentenceFeatures(TEXT, batch, DType.F32, Device.CPU);
    }

    private static LabelledSamples samples(int from, int to) {
        return new LabelledSamples(TEXTS.subList(from, to), TOKENIZER, 64);
    }

    @Test
    void aSentencesFeaturesDoNotDependOnItsNeighboursInTheBatch() {
        try (Scope scope = Scope.open()) {
            Encoder encoder = encoder();
            encoder.train(true);
            List<Features> alone = features(1).layers(encoder, samples(0, 7));
            List<Features> together = features(4).layers(encoder, samples(0, 7));
            assertThat(encoder.training()).isTrue();
            assertThat(alone).hasSize(3);
            for (int layer = 0; layer < 3; layer++) {
                assertThat(together.get(layer).features_ND().shape()).containsExactly(7, 16);
                assertThat(together.get(layer).features_ND().toFloats())
                        .containsExactly(alone.get(layer).features_ND().toFloats(), within(1e-5f));
                assertThat(together.get(layer).ids()).containsExactly(0, 1, 2, 3, 4, 5, 6);
                assertThat(together.get(layer).labels()[6])
                        .isEqualTo((int) TEXTS.get(6).target());
            }
        }
    }

    @Test
    void aBagOfTokensCountsAllOfThem() {
        try (Scope scope = Scope.open()) {
            LabelledSamples samples = samples(0, 3);
            float[] counts = features(1).bagOfTokens(samples).features_ND().toFloats();
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
            SentenceEvaluation evaluation =
                    new SentenceEvaluation(features(16), samples(0, 45), samples(45, 60), KnnConfig.DEFAULT);
            Encoder encoder = encoder();
            evaluation.evaluate(encoder);
            long before = Native.livePointers();
            List<SentenceEvaluation.Scores> scores = evaluation.evaluate(encoder);
            SentenceEvaluation.Scores counts = evaluation.bagOfTokens();
            assertThat(Native.livePointers()).isLessThanOrEqualTo(before);
            assertThat(counts.probe().total()).isEqualTo(15);
            assertThat(counts.probe().accuracy()).isGreaterThan(0.4); // chance is 1/6
            assertThat(evaluation.table(scores, scores, counts, 6).lines())
                    .hasSize(6)
                    .first()
                    .isEqualTo("| accuracy in % (6 classes, bank 45, test 15) | pretrained | random initialisation |"
                            + " bag of tokens |");
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
