package org.data2vec4j.image.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.data2vec4j.image.data.Augmentation;
import org.data2vec4j.image.data.CenterCrop;
import org.data2vec4j.image.data.ImageLoaderConfig;
import org.data2vec4j.image.data.ImageSize;
import org.data2vec4j.image.data.ImageSource;
import org.data2vec4j.image.data.MiddleBox;
import org.data2vec4j.image.data.Normalization;
import org.data2vec4j.image.data.Preparation;
import org.data2vec4j.train.BatchConverter;
import org.data2vec4j.train.data.LabelSpec;
import org.data2vec4j.train.data.LabelledSplit;

/** Opens the labelled images that a run is measured on: those of class folders or of shards with labels. */
public final class ImageLabels {
    private static final double HELD_OUT = 0.2;
    private static final int BATCH = 256;

    private final Function<String, ImageSource> sources;
    private final BatchConverter inputs;
    private final ImageSize size;
    private final Normalization normalization;
    private final Preparation preparation;
    private final Augmentation training;

    /**
     * Images that are read so.
     *
     * @param sources opens images by a path or pattern
     * @param inputs how batches become inputs
     * @param preparation how images are brought to the size
     * @param training how training augments images
     */
    public ImageLabels(
            Function<String, ImageSource> sources,
            BatchConverter inputs,
            ImageSize size,
            Normalization normalization,
            Preparation preparation,
            Augmentation training) {
        this.sources = sources;
        this.inputs = inputs;
        this.size = size;
        this.normalization = normalization;
        this.preparation = preparation;
        this.training = training;
    }

    /**
     * Opens them; a fifth of the training images is held out if no test images are named.
     *
     * @throws org.data2vec4j.core.UserException if there are no labels, or classes differ
     */
    public LabelledSplit open(LabelSpec spec, Consumer<String> warnings) {
        List<ImageSource> opened = new ArrayList<>();
        Runnable closing = () -> opened.forEach(ImageSource::close);
        try {
            opened.add(sources.apply(spec.train().isEmpty() ? spec.runData() : spec.train()));
            EvaluationData data = data(spec, opened);
            opened.forEach(source -> source.notes().forEach(warnings));
            ImageLoaderConfig loader = ImageLoaderConfig.evaluation(size, BATCH, normalization)
                    .withAugmentation(Augmentation.evaluation(preparation), 0)
                    .withThreads(spec.loading().workers(), 2);
            return new LabelledSplit(
                    new LabelledImages(data.bank(), inputs, loader, training, warnings),
                    new LabelledImages(data.test(), inputs, loader, training, warnings),
                    Map.of("input", size.height() + "×" + size.width() + " pixels, " + shown()),
                    closing);
        } catch (RuntimeException e) {
            closing.run();
            throw e;
        }
    }

    private String shown() {
        return preparation instanceof MiddleBox || preparation.equals(new CenterCrop())
                ? "the middle" + (size.isSquare() ? " square" : "")
                : preparation.describe(size);
    }

    // Keyed by a constant, not by the run's seed: runs of other seeds are measured on the same images.
    private EvaluationData data(LabelSpec spec, List<ImageSource> opened) {
        ImageSource train = opened.get(0);
        if (spec.test().isEmpty()) {
            return EvaluationData.split(train, HELD_OUT, spec.trainLimit(), spec.testLimit(), 0);
        }
        ImageSource test = sources.apply(spec.test());
        opened.add(test);
        return EvaluationData.of(train, test, spec.trainLimit(), spec.testLimit(), 0);
    }
}
