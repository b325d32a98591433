package org.data2vec4j.audio.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.data2vec4j.core.Rng;
import org.data2vec4j.core.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NgramTrainerTest {
    private static final List<List<String>> TWO = List.of(List.of("a", "b"), List.of("a"));
    private static final List<String> WORDS =
            IntStream.range(0, 12).mapToObj(i -> "w" + i).toList();

    @TempDir
    private Path folder;

    private NgramModel trained(List<List<String>> sentences, int order, int minimalCount, Discounting discounting) {
        Path file = folder.resolve("trained.arpa");
        NgramTrainer.train(sentences, new NgramTrainerConfig(order, minimalCount, discounting))
                .write(file);
        return ArpaReader.read(file);
    }

    private static double probability(NgramModel model, State state, String word) {
        return Math.exp(
                word.equals("</s>")
                        ? model.end(state)
                        : model.score(state, word).logProbability());
    }

    @ParameterizedTest
    @CsvSource({"1,1,kn", "2,1,kn", "3,1,kn", "4,1,kn", "3,3,kn", "1,1,abs", "2,1,abs", "3,1,abs", "3,3,abs"})
    void afterAnyContextTheProbabilitiesSumToOne(int order, int minimalCount, String law) {
        Discounting discounting = law.equals("kn") ? new Discounting.KneserNey() : new Discounting.Absolute(0.7);
        NgramModel model = trained(TinyModels.sentences(41, 80, WORDS), order, minimalCount, discounting);
        Rng rng = Rng.of(42, order);
        for (int i = 0; i < 200; i++) {
            State state = i % 2 == 0 ? model.start() : model.empty();
            for (int n = rng.nextInt(order + 1); n > 0; n--) {
                state = model.score(state, WORDS.get(rng.nextInt(12))).next();
            }
            double sum = 0;
            for (String word : model.vocabulary()) {
                if (!word.equals("<s>")) {
                    double p = probability(model, state, word);
                    assertThat(p).isPositive();
                    sum += p;
                }
            }
            assertThat(sum).isCloseTo(1, within(1e-5));
        }
    }

    @Test
    void absoluteDiscountingIsAsComputedByHand() {
        NgramModel unigrams = trained(TWO, 1, 1, new Discounting.Absolute(0.5));
        State nothing = unigrams.empty();
        assertThat(probability(unigrams, nothing, "a")).isCloseTo(0.375, within(1e-6));
        assertThat(probability(unigrams, nothing, "b")).isCloseTo(0.175, within(1e-6));
        assertThat(probability(unigrams, nothing, "</s>")).isCloseTo(0.375, within(1e-6));
        assertThat(probability(unigrams, nothing, "x")).isCloseTo(0.075, within(1e-6));
        NgramModel bigrams = trained(TWO, 2, 1, new Discounting.Absolute(0.5));
        State a = bigrams.score(bigrams.start(), "a").next();
        assertThat(probability(bigrams, a, "b")).isCloseTo(0.3375, within(1e-6));
        assertThat(probability(bigrams, a, "</s>")).isCloseTo(0.4375, within(1e-6));
        assertThat(probability(bigrams, a, "a")).isCloseTo(0.1875, within(1e-6));
        assertThat(probability(bigrams, a, "x")).isCloseTo(0.0375, within(1e-6));
    }

    @Test
    void kneserNeyIsAsComputedByHand() {
        NgramModel model = trained(TWO, 2, 1, new Discounting.KneserNey()); // too few counts: 0.5, 1, 1.5
        State nothing = model.empty();
        assertThat(probability(model, nothing, "a")).isCloseTo(0.25, within(1e-6)); // only <s> precedes a
        assertThat(probability(model, nothing, "b")).isCloseTo(0.25, within(1e-6));
        assertThat(probability(model, nothing, "</s>")).isCloseTo(0.375, within(1e-6)); // a and b precede it
        assertThat(probability(model, nothing, "x")).isCloseTo(0.125, within(1e-6));
        assertThat(probability(model, model.start(), "a")).isCloseTo(0.625, within(1e-6));
        State a = model.score(model.start(), "a").next();
        assertThat(probability(model, a, "b")).isCloseTo(0.375, within(1e-6));
    }

    @Test
    void discountsComeFromCountsOfCounts() {
        long[] counts = new long[20];
        Arrays.fill(counts, 0, 10, 1);
        Arrays.fill(counts, 10, 15, 2);
        Arrays.fill(counts, 15, 18, 3);
        Arrays.fill(counts, 18, 20, 4);
        Discounts discounts = Discounts.kneserNey(counts);
        assertThat(discounts.of(0)).isZero();
        assertThat(discounts.of(1)).isCloseTo(0.5, within(1e-12));
        assertThat(discounts.of(2)).isCloseTo(1.1, within(1e-12));
        assertThat(discounts.of(3)).isCloseTo(5 / 3.0, within(1e-12));
        assertThat(discounts.of(40)).isCloseTo(5 / 3.0, within(1e-12));
        assertThat(Discounts.kneserNey(new long[] {1, 1, 5})).isEqualTo(new Discounts(0.5, 1, 1.5));
    }

    /** The same file read into a map of strings and asked by the rule of the format. */
    @Test
    void theTablesAnswerAsANaiveReaderDoes() throws IOException {
        Path file = folder.resolve("naive.arpa");
        List<List<String>> sentences = TinyModels.sentences(43, 300, WORDS);
        NgramTrainer.train(sentences, NgramTrainerConfig.ofOrder(4)).write(file);
        Map<String, double[]> entries = new HashMap<>();
        for (String line : Files.readAllLines(file)) {
            String[] parts = line.split("\t", -1);
            if (parts.length > 1) {
                entries.put(parts[1], new double[] {
                    Double.parseDouble(parts[0]), parts.length > 2 ? Double.parseDouble(parts[2]) : 0
                });
            }
        }
        NgramModel model = ArpaReader.read(file);
        Rng rng = Rng.of(44);
        for (int i = 0; i < 300; i++) {
            State state = model.start();
            List<String> history = new ArrayList<>(List.of("<s>"));
            for (int n = 0; n < 6; n++) {
                String word = WORDS.get(rng.nextInt(12));
                LanguageModel.Scored scored = model.score(state, word);
                List<String> context = history.subList(Math.max(0, history.size() - 3), history.size());
                assertThat(scored.logProbability() / Math.log(10))
                        .isCloseTo(naive(entries, context, word), within(1e-5));
                history.add(word);
                state = scored.next();
            }
        }
    }

    private static double naive(Map<String, double[]> entries, List<String> context, String word) {
        String joined = String.join(" ", context);
        double[] entry = entries.get(context.isEmpty() ? word : joined + " " + word);
        if (entry != null) {
            return entry[0];
        }
        double backoff = entries.getOrDefault(joined, new double[2])[1];
        return backoff + naive(entries, context.subList(1, context.size()), word);
    }

    @Test
    void rareWordsBecomeUnk() {
        NgramModel model = trained(
                List.of(List.of("a", "rare"), List.of("a", "odd"), List.of("a")), 2, 2, new Discounting.KneserNey());
        assertThat(model.vocabulary()).containsExactlyInAnyOrder("<unk>", "<s>", "</s>", "a");
        State a = model.score(model.start(), "a").next();
        assertThat(probability(model, a, "anything")).isGreaterThan(probability(model, a, "a"));
    }

    @Test
    void perplexityFallsWithTheOrderOfAModelOfItsOwnText() {
        List<List<String>> sentences = TinyModels.sentences(45, 200, WORDS);
        double before = Double.POSITIVE_INFINITY;
        for (int order = 1; order <= 3; order++) {
            double now = Perplexity.of(trained(sentences, order, 1, new Discounting.KneserNey()), sentences)
                    .perplexity();
            assertThat(now).isLessThan(before).isGreaterThan(1);
            before = now;
        }
    }

    @Test
    void perplexityIsAsComputedByHand() {
        NgramModel model = trained(TWO, 1, 1, new Discounting.Absolute(0.5));
        Perplexity perplexity = Perplexity.of(model, List.of(List.of("a", "x"), List.of()));
        assertThat(perplexity.tokens()).isEqualTo(4);
        assertThat(perplexity.unknown()).isEqualTo(1);
        double known = 0.375 * 0.375 * 0.375;
        assertThat(perplexity.perplexity()).isCloseTo(Math.pow(known * 0.075, -1 / 4.0), within(1e-5));
        assertThat(perplexity.perplexityOfKnown()).isCloseTo(1 / 0.375, within(1e-5));
        assertThatThrownBy(() -> Perplexity.of(model, List.of())).isInstanceOf(UserException.class);
    }

    @Test
    void badTextAndSettingsAreErrors() throws IOException {
        NgramTrainerConfig config = NgramTrainerConfig.ofOrder(2);
        assertThatThrownBy(() -> NgramTrainer.train(List.of(), config))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("there is no sentence");
        for (String bad : List.of("", "a b", "<s>", "</s>", "<UNK>", "a\t")) {
            assertThatThrownBy(() -> NgramTrainer.train(List.of(List.of(), List.of("a", bad)), config))
                    .isInstanceOf(UserException.class)
                    .hasMessageContaining("sentence 2 has the word '" + bad + "'");
        }
        assertThatThrownBy(() -> NgramTrainerConfig.ofOrder(0)).hasMessageContaining("order is 0");
        assertThatThrownBy(() -> new NgramTrainerConfig(2, 0, new Discounting.KneserNey()))
                .hasMessageContaining("minimal_count");
        assertThatThrownBy(() -> new Discounting.Absolute(1)).hasMessageContaining("discount is 1.0");
        Path file = Files.createFile(folder.resolve("no-folder"));
        assertThatThrownBy(() -> NgramTrainer.train(TWO, config).write(file.resolve("model.arpa")))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("cannot write");
    }

    @Test
    void onlyEmptySentencesStillMakeAModel() {
        NgramModel model = trained(List.of(List.of(), List.of()), 3, 1, new Discounting.KneserNey());
        assertThat(Math.exp(model.end(model.start()))).isGreaterThan(0.5);
    }
}
