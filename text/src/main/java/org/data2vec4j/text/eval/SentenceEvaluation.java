package org.data2vec4j.text.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.data2vec4j.evaluation.probe.Features;
import org.data2vec4j.evaluation.probe.KnnClassifier;
import org.data2vec4j.evaluation.probe.KnnConfig;
import org.data2vec4j.evaluation.probe.RidgeConfig;
import org.data2vec4j.evaluation.probe.RidgeProbe;
import org.data2vec4j.evaluation.probe.Score;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.text.data.LabelledSamples;

/** What can be told of sentences from an encoder's frozen features: k-NN and linear probes, layer by layer. */
public final class SentenceEvaluation {
    private final SentenceFeatures features;
    private final LabelledSamples bank;
    private final LabelledSamples test;
    private final KnnConfig knn;

    /**
     * An evaluation.
     *
     * @param bank sentences that classify
     * @param test sentences that are classified
     */
    public SentenceEvaluation(SentenceFeatures features, LabelledSamples bank, LabelledSamples test, KnnConfig knn) {
        this.features = features;
        this.bank = bank;
        this.test = test;
        this.knn = knn;
    }

    /** The scores of one set of features. */
    public record Scores(Score knn, Score probe) {}

    /** The scores of an encoder as it is now, by block, pre-net first; the last is its output. Nothing native stays behind. */
    public List<Scores> evaluate(Encoder encoder) {
        try (Scope scope = Scope.open()) {
            List<Features> known = features.layers(encoder, bank);
            List<Features> asked = features.layers(encoder, test);
            List<Scores> scores = new ArrayList<>();
            for (int i = 0; i < known.size(); i++) {
                scores.add(scores(known.get(i), asked.get(i)));
            }
            return List.copyOf(scores);
        }
    }

    /** The scores of token counts, which nothing was learned for. */
    public Scores bagOfTokens() {
        try (Scope scope = Scope.open()) {
            return scores(features.bagOfTokens(bank), features.bagOfTokens(test));
        }
    }

    private Scores scores(Features known, Features asked) {
        return new Scores(
                new KnnClassifier(knn).score(known, asked),
                new RidgeProbe(RidgeConfig.DEFAULT).fit(known).score(asked));
    }

    /** A Markdown table of percentages: an encoder beside its random self and token counts. */
    public String table(List<Scores> trained, List<Scores> random, Scores counts, int classes) {
        StringBuilder out = new StringBuilder(String.format(
                Locale.ROOT,
                "| accuracy in %% (%d classes, bank %d, test %d) | pretrained | random initialisation | bag of tokens |%n"
                        + "| --- | --- | --- | --- |%n",
                classes,
                bank.count(),
                test.count()));
        int last = trained.size() - 1;
        row(out, "k-NN (last)", trained.get(last).knn(), random.get(last).knn(), percent(counts.knn()));
        row(
                out,
                "linear probe (last)",
                trained.get(last).probe(),
                random.get(last).probe(),
                percent(counts.probe()));
        for (int i = 0; i < last; i++) {
            row(
                    out,
                    "linear probe (block " + i + ")",
                    trained.get(i).probe(),
                    random.get(i).probe(),
                    "");
        }
        return out.toString();
    }

    private static void row(StringBuilder out, String name, Score trained, Score random, String counts) {
        out.append("| " + name + " | " + percent(trained) + " | " + percent(random) + " | " + counts + " |\n");
    }

    private static String percent(Score score) {
        return String.format(Locale.ROOT, "%.1f", score.percent());
    }
}
