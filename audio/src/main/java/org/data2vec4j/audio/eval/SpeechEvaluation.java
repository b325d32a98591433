package org.data2vec4j.audio.eval;

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

/** What can be told of recordings from an encoder's frozen features: k-NN and linear probes by layer, and on all layers together. */
public final class SpeechEvaluation {
    private final AudioFeatures features;
    private final LabelledAudio bank;
    private final LabelledAudio test;
    private final KnnConfig knn;
    private final long seed;

    /**
     * An evaluation.
     *
     * @param bank recordings that classify
     * @param test recordings that are classified
     */
    public SpeechEvaluation(AudioFeatures features, LabelledAudio bank, LabelledAudio test, KnnConfig knn, long seed) {
        this.features = features;
        this.bank = bank;
        this.test = test;
        this.knn = knn;
        this.seed = seed;
    }

    /** The scores of one set of features. */
    public record Scores(Score knn, Score probe) {}

    /**
     * The scores of an encoder.
     *
     * @param layers by block, pre-net first; the last is the encoder's output
     * @param weighted the linear probe on the learned weighted sum of all of them
     */
    public record Result(List<Scores> layers, WeightedSumProbe.Result weighted) {
        /** The output's. */
        public Scores last() {
            return layers.get(layers.size() - 1);
        }
    }

    /** The scores of an encoder as it is now; nothing native stays behind. */
    public Result evaluate(Encoder encoder) {
        try (Scope scope = Scope.open()) {
            List<Features> known = features.layers(encoder, bank);
            List<Features> asked = features.layers(encoder, test);
            List<Scores> scores = new ArrayList<>();
            for (int i = 0; i < known.size(); i++) {
                scores.add(scores(known.get(i), asked.get(i)));
            }
            return new Result(List.copyOf(scores), WeightedSumProbe.run(known, asked, seed));
        }
    }

    /** The scores of log-mel statistics, which nothing was learned for. */
    public Scores logMel() {
        try (Scope scope = Scope.open()) {
            return scores(features.logMel(bank), features.logMel(test));
        }
    }

    private Scores scores(Features known, Features asked) {
        return new Scores(
                new KnnClassifier(knn).score(known, asked),
                new RidgeProbe(RidgeConfig.DEFAULT).fit(known).score(asked));
    }

    /** A Markdown table of percentages: an encoder beside its random self and log-mel. */
    public static String table(Result trained, Result random, Scores logMel, int classes, int bank, int test) {
        StringBuilder out = new StringBuilder(String.format(
                Locale.ROOT,
                "| accuracy in %% (%d classes, bank %d, test %d) | pretrained | random initialisation | log-mel |%n"
                        + "| --- | --- | --- | --- |%n",
                classes,
                bank,
                test));
        row(out, "k-NN (last)", trained.last().knn(), random.last().knn(), logMel.knn());
        row(out, "linear probe (last)", trained.last().probe(), random.last().probe(), logMel.probe());
        for (int i = 0; i < trained.layers().size(); i++) {
            row(
                    out,
                    "linear probe (block " + i + ")",
                    trained.layers().get(i).probe(),
                    random.layers().get(i).probe(),
                    null);
        }
        row(
                out,
                "linear probe (learned sum of layers)",
                trained.weighted().score(),
                random.weighted().score(),
                null);
        return out.toString();
    }

    private static void row(
            StringBuilder out, String name, Score trained, Score random, @org.jspecify.annotations.Nullable Score mel) {
        out.append(String.format(
                Locale.ROOT,
                "| %s | %.1f | %.1f | %s |%n",
                name,
                trained.percent(),
                random.percent(),
                mel == null ? "" : String.format(Locale.ROOT, "%.1f", mel.percent())));
    }
}
