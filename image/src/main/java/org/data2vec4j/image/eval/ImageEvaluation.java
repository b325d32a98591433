package org.data2vec4j.image.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.data2vec4j.core.Check;
import org.data2vec4j.evaluation.probe.EvaluationConfig;
import org.data2vec4j.evaluation.probe.EvaluationResult;
import org.data2vec4j.evaluation.probe.FeatureView;
import org.data2vec4j.evaluation.probe.Features;
import org.data2vec4j.evaluation.probe.KnnClassifier;
import org.data2vec4j.evaluation.probe.Neighbours;
import org.data2vec4j.evaluation.probe.RidgeProbe;
import org.data2vec4j.evaluation.probe.Score;
import org.data2vec4j.image.data.Augmentation;
import org.data2vec4j.image.data.ImageLoaderConfig;
import org.data2vec4j.image.data.SequentialImageLoader;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.Scope;
import org.jspecify.annotations.Nullable;

/**
 * Scores encoders on labelled images beside two controls that tell what the number is worth: the same encoder at random
 * initialisation, and the pixels. The controls are computed with the first result and kept, so that later ones cost one pass of
 * the encoder. It holds numbers only, no tensors; used by one thread; the sources are not closed.
 */
public final class ImageEvaluation {
    private final EvaluationConfig config;
    private final EvaluationData data;
    private final ImageLoaderConfig loader;
    private final DType products;
    private final Supplier<Encoder> untrained;
    private final Consumer<String> warnings;
    private @Nullable Controls controls;

    /** What a set of features scores. */
    public record Scores(Score knn, Score probe) {}

    /** One for each view, and what the pictures' pass gave. */
    private record Measured(List<Scores> views, int bank, int test) {}

    private record Controls(List<Scores> untrained, Scores pixels, double seconds) {}

    /**
     * An evaluation on given pictures.
     *
     * @param loader size, normalisation, batch and threads; its augmentation is replaced by the centre crop
     * @param products the element type of the encoder's products
     * @param untrained makes the encoder to be compared with, at random initialisation and placed, in the scope that is open then
     * @param warnings told of pictures that cannot be read
     */
    public ImageEvaluation(
            EvaluationConfig config,
            EvaluationData data,
            ImageLoaderConfig loader,
            DType products,
            Supplier<Encoder> untrained,
            Consumer<String> warnings) {
        this.config = config;
        this.data = data;
        this.loader = loader.withAugmentation(Augmentation.EVALUATION, loader.seed());
        this.products = products;
        this.untrained = untrained;
        this.warnings = warnings;
    }

    /**
     * The scores of an encoder as it is now; nothing native stays behind.
     *
     * @throws org.data2vec4j.core.UserException if the encoder does not have a view's layer or token, or its features are not finite
     */
    public EvaluationResult evaluate(Encoder encoder) {
        long start = System.nanoTime();
        Measured measured = measure(encoder, warnings);
        double seconds = since(start);
        Controls control = controls();
        List<EvaluationResult.Row> rows = new ArrayList<>();
        for (int i = 0; i < config.views().size(); i++) {
            FeatureView view = config.views().get(i);
            Scores own = measured.views().get(i);
            Scores random = control.untrained().get(i);
            rows.add(new EvaluationResult.Row(
                    EvaluationResult.Metric.KNN,
                    view,
                    own.knn(),
                    random.knn(),
                    control.pixels().knn()));
            rows.add(new EvaluationResult.Row(
                    EvaluationResult.Metric.PROBE,
                    view,
                    own.probe(),
                    random.probe(),
                    control.pixels().probe()));
        }
        int read = measured.bank() + measured.test();
        return new EvaluationResult(
                rows,
                data.chance(),
                data.bank().classes().size(),
                measured.bank(),
                measured.test(),
                data.unlabelled(),
                data.bank().size() + data.test().size() - read,
                seconds,
                control.seconds());
    }

    /** The scores of an encoder alone, by view; the controls are not computed. */
    public List<Scores> scores(Encoder encoder) {
        return measure(encoder, warnings).views();
    }

    /**
     * For {@code queries} pictures spread over the test set, the {@code top} nearest of the bank by the first view; ids are indices
     * into the sources that the {@link EvaluationData} was made from.
     */
    public List<Neighbours.Query> neighbours(Encoder encoder, int queries, int top) {
        List<FeatureView> view = List.of(config.views().get(0));
        try (Scope scope = Scope.open()) {
            Features bank = extract(encoder, data.bank(), view, warnings).get(0);
            Features test = extract(encoder, data.test(), view, warnings).get(0);
            int count = Math.min(Check.positive("neighbours.queries", queries), test.size());
            int[] rows = new int[count];
            Arrays.setAll(rows, i -> (int) ((long) i * test.size() / count));
            return Neighbours.find(sourced(bank, data.bank()), sourced(test.select(rows), data.test()), top);
        }
    }

    private Controls controls() {
        Controls known = controls;
        if (known == null) {
            long start = System.nanoTime();
            known = new Controls(untrainedScores(), pixelScores(), since(start));
            controls = known;
        }
        return known;
    }

    private List<Scores> untrainedScores() {
        try (Scope scope = Scope.open()) {
            return measure(untrained.get(), message -> {}).views(); // unreadable pictures have been told already
        }
    }

    private Scores pixelScores() {
        try (Scope scope = Scope.open();
                SequentialImageLoader bank = pass(data.bank(), message -> {});
                SequentialImageLoader test = pass(data.test(), message -> {})) {
            return scores(
                    RawPixels.extract(bank, data.bank().size()),
                    RawPixels.extract(test, data.test().size()));
        }
    }

    private Measured measure(Encoder encoder, Consumer<String> told) {
        try (Scope scope = Scope.open()) {
            List<Features> bank = extract(encoder, data.bank(), config.views(), told);
            List<Features> test = extract(encoder, data.test(), config.views(), told);
            List<Scores> scores = new ArrayList<>();
            for (int i = 0; i < bank.size(); i++) {
                scores.add(scores(bank.get(i), test.get(i)));
            }
            return new Measured(scores, bank.get(0).size(), test.get(0).size());
        }
    }

    private Scores scores(Features bank, Features test) {
        return new Scores(
                new KnnClassifier(config.knn()).score(bank, test),
                new RidgeProbe(config.probe()).fit(bank).score(test));
    }

    private List<Features> extract(
            Encoder encoder, ImageSelection images, List<FeatureView> views, Consumer<String> told) {
        try (SequentialImageLoader pass = pass(images, told)) {
            return new ImageFeatureExtraction(encoder, products).extract(pass, images.size(), views);
        }
    }

    private SequentialImageLoader pass(ImageSelection images, Consumer<String> told) {
        return new SequentialImageLoader(images, loader, images.size(), told);
    }

    private static Features sourced(Features features, ImageSelection images) {
        long[] ids = Arrays.stream(features.ids())
                .map(id -> images.sourceIndex((int) id))
                .toArray();
        return new Features(features.features_ND(), features.labels(), ids);
    }

    private static double since(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
