package org.data2vec4j.audio.ctc;

import java.nio.file.Path;
import java.util.function.Function;
import org.data2vec4j.audio.lm.ArpaReader;
import org.data2vec4j.audio.lm.LanguageModel;
import org.data2vec4j.core.Check;
import org.data2vec4j.core.UserException;
import org.jspecify.annotations.Nullable;

/**
 * How emissions become text: greedily, or by prefix beam search with a language model and a lexicon, if given.
 *
 * @param beam readings kept; 0 takes the best symbol of each frame
 * @param model an ARPA file of n-grams of words, or null
 * @param lexicon a file of the words allowed, or null for any letters
 * @param weights what words cost
 */
public record Decoding(
        int beam, @Nullable Path model, @Nullable Path lexicon, ScoreWeights weights) {
    /** The best symbol of each frame. */
    public static final Decoding GREEDY = new Decoding(0, null, null, ScoreWeights.none());

    /** Checks the ranges. */
    public Decoding {
        Check.setting(beam >= 0, "beam", "is " + beam + "; allowed: 0 (greedy) or more");
        if (beam == 0 && (model != null || lexicon != null)) {
            throw new UserException("a language model or lexicon needs a beam of 1 or more; 50 is usual");
        }
    }

    /** From log-probabilities (frames by letters) to the best reading; the files are read now. */
    public Function<float[][], Hypothesis> decoder(LetterVocabulary letters) {
        if (beam == 0) {
            return new GreedyDecoder(letters)::decode;
        }
        LanguageModel words = model == null ? null : ArpaReader.read(model);
        BeamConfig config = BeamConfig.ofSize(beam);
        PrefixBeamDecoder decoder = lexicon == null
                ? PrefixBeamDecoder.words(letters, config, words, weights)
                : PrefixBeamDecoder.lexicon(letters, config, Lexicon.read(lexicon, letters), words, weights);
        return logs -> decoder.decode(logs).get(0);
    }
}
