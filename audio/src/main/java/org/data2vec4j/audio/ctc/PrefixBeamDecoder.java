package org.data2vec4j.audio.ctc;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.data2vec4j.audio.lm.LanguageModel;
import org.data2vec4j.core.UserException;
import org.jspecify.annotations.Nullable;

/**
 * The readings with the highest score, log p(letters | emissions) summed over all alignments plus weighted language scores, found by
 * prefix beam search (Graves and Jaitly, "Towards end-to-end speech recognition with recurrent neural networks", ICML 2014; Hannun
 * et al., "First-pass large vocabulary continuous speech recognition using bi-directional recurrent DNNs", 2014). Exact with
 * {@link BeamConfig#unbounded}. Readings are sequences of letters: two may be the same text with other silences, and a language model
 * scores a word when it is finished, at a boundary or at the end. A decoder keeps nothing between utterances and may be shared by
 * threads.
 */
public final class PrefixBeamDecoder {
    private final LetterVocabulary vocabulary;
    private final BeamConfig config;
    private final PrefixScorer scorer;
    private final boolean named; // words come from a lexicon, not from their letters

    private PrefixBeamDecoder(LetterVocabulary vocabulary, BeamConfig config, PrefixScorer scorer, boolean named) {
        this.vocabulary = vocabulary;
        this.config = config;
        this.scorer = scorer;
        this.named = named;
    }

    /** Any letters, by acoustics alone. */
    public static PrefixBeamDecoder letters(LetterVocabulary vocabulary, BeamConfig config) {
        return words(vocabulary, config, null, ScoreWeights.none());
    }

    /** Any letters; words, as the letters spell them, are scored by a model over words, if one is given. */
    public static PrefixBeamDecoder words(
            LetterVocabulary vocabulary, BeamConfig config, @Nullable LanguageModel model, ScoreWeights weights) {
        PrefixScorer scorer = new SpelledWordScorer(vocabulary, new WordRule(model, weights));
        return new PrefixBeamDecoder(vocabulary, config, scorer, false);
    }

    /**
     * Any letters, each scored by a model whose words are letters and {@code |}. The end of its training sentences, with or without a
     * last {@code |}, should be that of the labellings the emissions were trained on.
     */
    public static PrefixBeamDecoder letterModel(
            LetterVocabulary vocabulary, BeamConfig config, LanguageModel model, ScoreWeights weights) {
        return new PrefixBeamDecoder(vocabulary, config, new LetterScorer(vocabulary, model, weights), false);
    }

    /** Only words of a lexicon, scored by a model over words, if one is given. */
    public static PrefixBeamDecoder lexicon(
            LetterVocabulary vocabulary,
            BeamConfig config,
            Lexicon lexicon,
            @Nullable LanguageModel model,
            ScoreWeights weights) {
        PrefixScorer scorer = new LexiconScorer(vocabulary, lexicon, new WordRule(model, weights));
        return new PrefixBeamDecoder(vocabulary, config, scorer, true);
    }

    /**
     * The best readings of emissions [T][V], natural logarithms, best first; at least one. If no reading in the beam ends with a whole
     * word of the lexicon, their unfinished words are cut off and they are marked as not complete.
     *
     * @throws UserException if every sequence of letters has probability zero
     */
    public List<Hypothesis> decode(float[][] logProbabilities) {
        Emissions.check(logProbabilities, vocabulary.size());
        BeamSearch search = new BeamSearch(vocabulary, config, scorer);
        for (float[] frame : logProbabilities) {
            search.step(frame);
        }
        List<Candidate> candidates = new ArrayList<>();
        for (PrefixNode node : search.beam()) {
            scorer.finish(node.reading).forEach(end -> candidates.add(new Candidate(node, end, true)));
        }
        if (candidates.isEmpty()) {
            search.beam().forEach(node -> candidates.add(new Candidate(node, node.reading, false)));
        }
        if (candidates.isEmpty()) {
            throw new UserException(
                    "no letters have a probability above zero; check the model's outputs and the lexicon");
        }
        return candidates.stream()
                .sorted(Comparator.comparingDouble(candidate -> -candidate.score()))
                .limit(config.best())
                .map(candidate -> hypothesis(candidate, logProbabilities))
                .toList();
    }

    private record Candidate(PrefixNode node, Reading reading, boolean complete) {
        double score() {
            return node.acoustic() + reading.score();
        }
    }

    private Hypothesis hypothesis(Candidate candidate, float[][] logProbabilities) {
        int[] labelling = candidate.node().labelling();
        List<ForcedAlignment.Span> letters = ForcedAlignment.of(logProbabilities, labelling, vocabulary.blank())
                .letters();
        List<String> names = Reading.Chain.list(candidate.reading().words());
        return new Hypothesis(
                named ? String.join(" ", names) : vocabulary.text(labelling),
                letters,
                named ? WordTimes.named(letters, names, vocabulary) : WordTimes.spelled(letters, vocabulary),
                candidate.score(),
                candidate.node().acoustic(),
                candidate.reading().score(),
                candidate.complete());
    }
}
