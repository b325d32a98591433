package org.data2vec4j.audio.ctc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.data2vec4j.audio.lm.LanguageModel;
import org.data2vec4j.audio.lm.TinyModels;
import org.data2vec4j.core.Rng;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Leaving hopeless extensions out must not change what survives. */
class BeamSearchTest {
    private static final List<String> WORDS = List.of("a", "b", "ab", "aa", "ba");

    private final LetterVocabulary vocabulary = LetterVocabulary.of(List.of("ab"), 2);

    @TempDir
    private Path folder;

    /** A scorer that may add anything, so that no extension is hopeless. */
    private record Unsure(PrefixScorer scorer) implements PrefixScorer {
        @Override
        public Reading start() {
            return scorer.start();
        }

        @Override
        public List<Reading> extend(Reading reading, int letter) {
            return scorer.extend(reading, letter);
        }

        @Override
        public List<Reading> finish(Reading reading) {
            return scorer.finish(reading);
        }

        @Override
        public double mostBonus() {
            return Double.POSITIVE_INFINITY;
        }
    }

    private List<String> survivors(PrefixScorer scorer, BeamConfig config, float[][] logs) {
        BeamSearch search = new BeamSearch(vocabulary, config, scorer);
        List<String> all = new ArrayList<>();
        for (float[] frame : logs) {
            search.step(frame);
            all.addAll(search.beam().stream()
                    .map(n -> Arrays.toString(n.labelling()) + n.acoustic() + " " + n.reading.score())
                    .sorted()
                    .toList());
        }
        return all;
    }

    @ParameterizedTest
    @CsvSource({"1,9", "5,9", "40,9", "40,2", "1000000,4", "1000000,.5"})
    void whatSurvivesIsTheSame(int beam, double threshold) {
        LanguageModel model = TinyModels.model(folder, 5, 3, WORDS.subList(0, 4));
        ScoreWeights weights = new ScoreWeights(0.6, 2.5, 0.4, 0.3); // positive: words may lift a reading
        WordRule rule = new WordRule(model, weights);
        List<PrefixScorer> scorers = List.of(
                new SpelledWordScorer(vocabulary, rule),
                new LexiconScorer(vocabulary, Lexicon.of(WORDS, vocabulary), rule),
                new LetterScorer(vocabulary, TinyModels.model(folder, 6, 3, List.of("a", "|")), weights));
        BeamConfig config = new BeamConfig(beam, threshold, 4, 60, 1);
        for (PrefixScorer scorer : scorers) {
            float[][] logs = BruteForce.emissions(Rng.of(91, beam), 40, 4);
            assertThat(survivors(scorer, config, logs)).isEqualTo(survivors(new Unsure(scorer), config, logs));
        }
    }

    /** Cutting branches off must not lose a twin of the same letters, or the search would hold it twice later. */
    @ParameterizedTest
    @CsvSource({"3", "10", "40"})
    void noSequenceIsHeldTwice(int beam) throws IOException {
        Path file = Files.writeString(
                folder.resolve("lexicon.txt"), "one\ta |\ntwo\ta |\nthree\tb |\nfour\tb |\nfive\ta b |\n");
        LanguageModel model = TinyModels.model(folder, 7, 2, List.of("one", "four", "two", "three"));
        PrefixScorer scorer = new LexiconScorer(
                vocabulary, Lexicon.read(file, vocabulary), new WordRule(model, new ScoreWeights(0.5, 1, 0, 0)));
        BeamSearch search = new BeamSearch(vocabulary, new BeamConfig(beam, 9, 4, 60, 1), scorer);
        for (float[] frame : BruteForce.emissions(Rng.of(92, beam), 200, 4)) {
            search.step(frame);
            assertThat(search.beam().stream()
                            .map(n -> Arrays.toString(n.labelling()) + Reading.Chain.list(n.reading.words())))
                    .doesNotHaveDuplicates();
        }
    }
}
