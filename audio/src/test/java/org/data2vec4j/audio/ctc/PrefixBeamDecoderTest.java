package org.data2vec4j.audio.ctc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.data2vec4j.audio.lm.LanguageModel;
import org.data2vec4j.audio.lm.State;
import org.data2vec4j.audio.lm.TinyModels;
import org.data2vec4j.core.Rng;
import org.data2vec4j.core.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With nothing cut, the decoder's list must be that of scoring every labelling by brute force. */
class PrefixBeamDecoderTest {
    private static final int ALL = 100_000;
    private static final ScoreWeights WEIGHTS = new ScoreWeights(0.8, 0.7, -0.3, -1.1);

    private final LetterVocabulary vocabulary = LetterVocabulary.of(List.of("ab"), 2); // | 0, a 1, blank 2, b 3
    private final List<String> words = List.of("a", "b", "ab", "aa", "ba");

    @TempDir
    private Path folder;

    private record Scored(List<Integer> letters, double score, double acoustic) {}

    /** What a labelling scores beyond its sound; −∞ if it is not allowed. */
    private interface Language {
        double score(List<Integer> letters);
    }

    private List<Scored> ranked(float[][] logs, Language language) {
        List<Scored> all = new ArrayList<>();
        BruteForce.labellings(logs, vocabulary.blank()).forEach((letters, p) -> {
            double score = language.score(letters);
            if (score > Double.NEGATIVE_INFINITY) {
                all.add(new Scored(letters, Math.log(p) + score, Math.log(p)));
            }
        });
        all.sort(Comparator.comparingDouble(s -> -s.score()));
        return all;
    }

    private void assertSame(List<Hypothesis> found, List<Scored> expected) {
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < found.size(); i++) {
            Hypothesis hypothesis = found.get(i);
            assertThat(hypothesis.labelling())
                    .isEqualTo(BruteForce.array(expected.get(i).letters()));
            assertThat(hypothesis.score()).isCloseTo(expected.get(i).score(), within(1e-9));
            assertThat(hypothesis.acoustic()).isCloseTo(expected.get(i).acoustic(), within(1e-9));
            assertThat(hypothesis.language()).isCloseTo(hypothesis.score() - hypothesis.acoustic(), within(1e-9));
            assertThat(hypothesis.text()).isEqualTo(vocabulary.text(hypothesis.labelling()));
            assertThat(String.join(
                            " ",
                            hypothesis.words().stream()
                                    .map(Hypothesis.Word::text)
                                    .toList()))
                    .isEqualTo(hypothesis.text());
            assertThat(hypothesis.complete()).isTrue();
        }
    }

    private List<String> wordsOf(List<Integer> letters) {
        String text = vocabulary.text(BruteForce.array(letters));
        return text.isEmpty() ? List.of() : List.of(text.split(" "));
    }

    private long silences(List<Integer> letters) {
        return letters.stream().filter(l -> l == vocabulary.boundary()).count();
    }

    private static double sentence(LanguageModel model, List<String> tokens) {
        State state = model.start();
        double sum = 0;
        for (String token : tokens) {
            LanguageModel.Scored scored = model.score(state, token);
            sum += WEIGHTS.language() * scored.logProbability() + (scored.known() ? 0 : WEIGHTS.unknownWord());
            state = scored.next();
        }
        return sum + WEIGHTS.language() * model.end(state);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void acousticsAloneGiveEveryLabellingItsProbability(int frames) {
        float[][] logs = BruteForce.emissions(Rng.of(31, frames), frames, 4);
        PrefixBeamDecoder decoder = PrefixBeamDecoder.letters(vocabulary, BeamConfig.unbounded(ALL));
        assertSame(decoder.decode(logs), ranked(logs, letters -> 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void wordModelScoresFinishedWords(int order) {
        LanguageModel model = TinyModels.model(folder, 5, order, words.subList(0, 4)); // ba is unknown
        float[][] logs = BruteForce.emissions(Rng.of(32, order), 6, 4);
        PrefixBeamDecoder decoder = PrefixBeamDecoder.words(vocabulary, BeamConfig.unbounded(ALL), model, WEIGHTS);
        assertSame(
                decoder.decode(logs),
                ranked(
                        logs,
                        letters -> sentence(model, wordsOf(letters))
                                + WEIGHTS.word() * wordsOf(letters).size()
                                + WEIGHTS.silence() * silences(letters)));
    }

    @Test
    void letterModelScoresEveryLetterAndBoundary() {
        LanguageModel model = TinyModels.model(folder, 6, 3, List.of("a", "|")); // b is unknown
        float[][] logs = BruteForce.emissions(Rng.of(33), 5, 4);
        PrefixBeamDecoder decoder =
                PrefixBeamDecoder.letterModel(vocabulary, BeamConfig.unbounded(ALL), model, WEIGHTS);
        assertSame(
                decoder.decode(logs),
                ranked(
                        logs,
                        letters -> sentence(
                                        model,
                                        letters.stream()
                                                .map(vocabulary.symbols()::get)
                                                .toList())
                                + WEIGHTS.word() * wordsOf(letters).size()
                                + WEIGHTS.silence() * silences(letters)));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aLexiconAllowsOnlyItsWords(boolean scored) {
        LanguageModel model = TinyModels.model(folder, 7, 2, words);
        Lexicon lexicon = Lexicon.of(List.of("a", "ab", "ba"), vocabulary);
        float[][] logs = BruteForce.emissions(Rng.of(34), 6, 4);
        PrefixBeamDecoder decoder = PrefixBeamDecoder.lexicon(
                vocabulary, BeamConfig.unbounded(ALL), lexicon, scored ? model : null, WEIGHTS);
        List<Scored> expected = ranked(logs, letters -> {
            boolean allowed = List.of("a", "ab", "ba").containsAll(wordsOf(letters));
            double other = WEIGHTS.word() * wordsOf(letters).size() + WEIGHTS.silence() * silences(letters);
            return !allowed ? Double.NEGATIVE_INFINITY : other + (scored ? sentence(model, wordsOf(letters)) : 0);
        });
        assertSame(decoder.decode(logs), expected);
    }

    @Test
    void aSpellingOfTwoWordsIsReadAsBothWithTheModelsChoiceFirst() throws IOException {
        Path file = Files.writeString(folder.resolve("lexicon.txt"), "one\ta b |\ntwo\ta b |\n");
        LanguageModel model = TinyModels.model(folder, 8, 2, List.of("two", "one"));
        PrefixBeamDecoder decoder = PrefixBeamDecoder.lexicon(
                vocabulary, BeamConfig.unbounded(ALL), Lexicon.read(file, vocabulary), model, WEIGHTS);
        List<Hypothesis> read = decoder.decode(saying(1, 3, 0, 1, 3));
        assertThat(read.stream().filter(h -> Arrays.equals(h.labelling(), new int[] {1, 3, 0, 1, 3})))
                .extracting(Hypothesis::text)
                .containsExactlyInAnyOrder("one one", "one two", "two one", "two two");
        State start = model.start();
        boolean two = model.score(start, "two").logProbability()
                        + model.end(model.score(start, "two").next())
                > model.score(start, "one").logProbability()
                        + model.end(model.score(start, "one").next());
        assertThat(decoder.decode(saying(1, 3)).get(0).text()).isEqualTo(two ? "two" : "one");
    }

    /** Emissions that say these symbols with probability 0.91 each. */
    private static float[][] saying(int... symbols) {
        float[][] logs = new float[symbols.length][4];
        for (int t = 0; t < symbols.length; t++) {
            Arrays.fill(logs[t], (float) Math.log(0.03));
            logs[t][symbols[t]] = (float) Math.log(0.91);
        }
        return logs;
    }

    @Test
    void anUnfinishedWordIsCutOffAndSaid() {
        Lexicon lexicon = Lexicon.of(List.of("a", "bab"), vocabulary);
        PrefixBeamDecoder decoder = PrefixBeamDecoder.lexicon(
                vocabulary, new BeamConfig(1, 50, 9, 50, 5), lexicon, null, ScoreWeights.none());
        List<Hypothesis> read = decoder.decode(saying(1, 0, 3, 1));
        assertThat(read).hasSize(1);
        assertThat(read.get(0).text()).isEqualTo("a");
        assertThat(read.get(0).words()).containsExactly(new Hypothesis.Word("a", 0, 0));
        assertThat(read.get(0).complete()).isFalse();
    }

    @Test
    void wordsHaveTheirFrames() {
        Hypothesis read = PrefixBeamDecoder.letters(vocabulary, BeamConfig.ofSize(20))
                .decode(saying(2, 1, 1, 2, 3, 0, 0, 2, 3, 3))
                .get(0);
        assertThat(read.text()).isEqualTo("ab b");
        assertThat(read.words()).containsExactly(new Hypothesis.Word("ab", 1, 4), new Hypothesis.Word("b", 8, 9));
        assertThat(read.letters()).first().isEqualTo(new ForcedAlignment.Span(1, 1, 2));
    }

    @Test
    void aBeamNeverScoresMoreThanTheExactSearchAndAGoodOneAsMuch() {
        for (int seed = 0; seed < 20; seed++) {
            float[][] logs = BruteForce.emissions(Rng.of(35, seed), 7, 4);
            Scored exact = ranked(logs, letters -> 0).get(0);
            for (int beam : new int[] {1, 2, 8, 100}) {
                Hypothesis found = PrefixBeamDecoder.letters(vocabulary, BeamConfig.ofSize(beam))
                        .decode(logs)
                        .get(0);
                assertThat(found.acoustic())
                        .isLessThanOrEqualTo(
                                -CtcLoss.of(logs, found.labelling(), 2).loss() + 1e-9);
                assertThat(found.score()).isLessThanOrEqualTo(exact.score() + 1e-9);
                if (beam == 100) {
                    assertThat(found.labelling()).isEqualTo(BruteForce.array(exact.letters()));
                }
            }
        }
    }

    /** The tree is cut behind the beam: that must change nothing but memory. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 40})
    void smallBeamsOverLongUtterancesKeepWhatANaiveSearchKeeps(int beam) {
        float[][] logs = BruteForce.emissions(Rng.of(36, beam), 150, 4);
        List<Hypothesis> read = PrefixBeamDecoder.letters(vocabulary, new BeamConfig(beam, 60, 4, 60, beam))
                .decode(logs);
        List<Scored> expected = naiveBeam(logs, beam);
        assertSame(read, expected);
        for (Hypothesis hypothesis : read) {
            double all = -CtcLoss.of(logs, hypothesis.labelling(), 2).loss();
            assertThat(hypothesis.acoustic()).isLessThanOrEqualTo(all + 1e-6);
        }
    }

    /** The same pruning over a map from letters to (log-probability ending with a blank, with a letter). */
    private List<Scored> naiveBeam(float[][] logs, int beam) {
        Map<List<Integer>, double[]> held = Map.of(List.of(), new double[] {0, LogSpace.ZERO});
        for (float[] frame : logs) {
            Map<List<Integer>, double[]> next = new HashMap<>();
            held.forEach((letters, p) -> {
                double total = LogSpace.add(p[0], p[1]);
                int last = letters.isEmpty() ? -1 : letters.get(letters.size() - 1);
                for (int v = 0; v < frame.length; v++) {
                    List<Integer> longer = new ArrayList<>(letters);
                    longer.add(v);
                    if (v == vocabulary.blank()) {
                        add(next, letters, 0, total + frame[v]);
                    } else if (v == last) {
                        add(next, letters, 1, p[1] + frame[v]);
                        add(next, longer, 1, p[0] + frame[v]);
                    } else {
                        add(next, longer, 1, total + frame[v]);
                    }
                }
            });
            held = new HashMap<>();
            for (var entry : next.entrySet().stream()
                    .sorted(Comparator.comparingDouble(e -> -LogSpace.add(e.getValue()[0], e.getValue()[1])))
                    .limit(beam)
                    .toList()) {
                held.put(entry.getKey(), entry.getValue());
            }
        }
        return held.entrySet().stream()
                .map(e -> new Scored(
                        e.getKey(),
                        LogSpace.add(e.getValue()[0], e.getValue()[1]),
                        LogSpace.add(e.getValue()[0], e.getValue()[1])))
                .sorted(Comparator.comparingDouble(s -> -s.score()))
                .toList();
    }

    private static void add(Map<List<Integer>, double[]> sums, List<Integer> letters, int place, double log) {
        double[] sum = sums.computeIfAbsent(letters, l -> new double[] {LogSpace.ZERO, LogSpace.ZERO});
        sum[place] = LogSpace.add(sum[place], log);
    }

    @Test
    void prunedTokensExtendNothing() {
        float[][] logs = saying(1, 3);
        PrefixBeamDecoder one = PrefixBeamDecoder.letters(vocabulary, new BeamConfig(99, 99, 1, 99, 99));
        PrefixBeamDecoder near = PrefixBeamDecoder.letters(vocabulary, new BeamConfig(99, 99, 9, 1, 99));
        for (PrefixBeamDecoder decoder : List.of(one, near)) {
            assertThat(decoder.decode(logs)).extracting(Hypothesis::text).containsExactly("ab", "a", "b", "");
        }
        PrefixBeamDecoder close = PrefixBeamDecoder.letters(vocabulary, new BeamConfig(99, 1, 9, 99, 99));
        assertThat(close.decode(logs)).extracting(Hypothesis::text).containsExactly("ab");
    }

    @Test
    void noFramesAreNoText() {
        LanguageModel model = TinyModels.model(folder, 9, 2, words);
        List<Hypothesis> read = PrefixBeamDecoder.words(vocabulary, BeamConfig.ofSize(5), model, WEIGHTS)
                .decode(new float[0][]);
        assertThat(read).hasSize(1);
        assertThat(read.get(0).text()).isEmpty();
        assertThat(read.get(0).score()).isCloseTo(0.8 * model.end(model.start()), within(1e-12));
    }

    @Test
    void symbolsThatAreNoTextAreNeverSaid() {
        LetterVocabulary padded = new LetterVocabulary(List.of("<s>", "<pad>", "|", "a"), 0);
        float[][] logs = BruteForce.emissions(Rng.of(37), 5, 4);
        assertThat(PrefixBeamDecoder.letters(padded, BeamConfig.unbounded(ALL)).decode(logs))
                .noneMatch(h -> Arrays.stream(h.labelling()).anyMatch(l -> l == 1));
    }

    @Test
    void impossibleEmissionsAndSettingsAreErrors() {
        float no = Float.NEGATIVE_INFINITY;
        PrefixBeamDecoder decoder = PrefixBeamDecoder.letters(vocabulary, BeamConfig.ofSize(5));
        assertThatThrownBy(() -> decoder.decode(new float[][] {{no, no, no, no}}))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("probability above zero");
        assertThatThrownBy(() -> BeamConfig.ofSize(0)).hasMessageContaining("beam is 0");
        assertThatThrownBy(() -> new BeamConfig(1, 0, 1, 1, 1)).hasMessageContaining("threshold");
        assertThatThrownBy(() -> new BeamConfig(1, 1, 0, 1, 1)).hasMessageContaining("tokens");
        assertThatThrownBy(() -> new BeamConfig(1, 1, 1, -1, 1)).hasMessageContaining("token_threshold");
        assertThatThrownBy(() -> new BeamConfig(1, 1, 1, 1, 0)).hasMessageContaining("best");
        assertThatThrownBy(() -> new ScoreWeights(-1, 0, 0, 0)).hasMessageContaining("language");
        assertThatThrownBy(() -> new ScoreWeights(1, Double.NaN, 0, 0)).hasMessageContaining("NaN");
        assertThat(ScoreWeights.perLog10(2, 1, 0, 0).language() * Math.log(10)).isCloseTo(2, within(1e-12));
    }

    @Test
    void decodingTwiceIsTheSame() {
        float[][] logs = BruteForce.emissions(Rng.of(38), 60, 4);
        PrefixBeamDecoder decoder = PrefixBeamDecoder.letters(vocabulary, new BeamConfig(10, 20, 3, 10, 10));
        assertThat(decoder.decode(logs)).isEqualTo(decoder.decode(logs));
    }
}
