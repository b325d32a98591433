package org.data2vec4j.image.eval;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.data2vec4j.core.Rng;
import org.data2vec4j.image.data.Augmentation;
import org.data2vec4j.image.data.ImageBatch;
import org.data2vec4j.image.data.ImageLoaderConfig;
import org.data2vec4j.image.data.ImageTransform;
import org.data2vec4j.image.data.Normalization;
import org.data2vec4j.image.data.Preparation;
import org.data2vec4j.image.data.SequentialImageLoader;
import org.data2vec4j.model.encoder.Input;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.train.BatchConverter;
import org.data2vec4j.train.data.LabelledDataset;
import org.data2vec4j.train.data.Preview;
import org.jspecify.annotations.Nullable;

/** Labelled images, cropped in the middle. */
public final class LabelledImages implements LabelledDataset {
    private final ImageSelection images;
    private final BatchConverter inputs;
    private final ImageLoaderConfig loader;
    private final Augmentation training;
    private final Consumer<String> warnings;

    /**
     * Some images.
     *
     * @param inputs how batches become inputs
     * @param loader size, normalisation, batch and threads, and what is cropped: the middle
     * @param training how training augments images
     * @param warnings told of images that cannot be read
     */
    public LabelledImages(
            ImageSelection images,
            BatchConverter inputs,
            ImageLoaderConfig loader,
            Augmentation training,
            Consumer<String> warnings) {
        this.images = images;
        this.inputs = inputs;
        this.loader = loader;
        this.training = training;
        this.warnings = warnings;
    }

    @Override
    public int size() {
        return images.size();
    }

    @Override
    public List<String> classes() {
        return images.classes();
    }

    @Override
    public int label(int index) {
        return images.label(index);
    }

    @Override
    public long id(int index) {
        return images.sourceIndex(index);
    }

    @Override
    public String fingerprint() {
        return images.fingerprint();
    }

    @Override
    public void forEachBatch(Device device, Consumer<Input> work) {
        try (SequentialImageLoader pass = new SequentialImageLoader(images, loader, images.size(), warnings)) {
            for (ImageBatch batch : pass) {
                try (Scope scope = Scope.open()) {
                    work.accept(inputs.convert(batch, device));
                }
            }
        }
    }

    @Override
    public Tensor baselineFeatures(Input batch) {
        return RawPixels.of(batch.source());
    }

    @Override
    public String baselineName() {
        return "pixels";
    }

    @Override
    public LabelledDataset augmented(long seed) {
        // Images that cannot be read have been told already.
        return new LabelledImages(images, inputs, loader.withAugmentation(training, seed), training, message -> {});
    }

    @Override
    public Preview preview(int index) {
        int label = images.label(index);
        String name = images.name(index);
        return new Preview(
                (label < 0 ? "" : images.classes().get(label) + ", ") + name.substring(name.lastIndexOf('/') + 1),
                thumbnail(index));
    }

    /** The image as encoders are given it, or null if it cannot be read, which the pass over all of them told. */
    private Preview.@Nullable Thumbnail thumbnail(int index) {
        Normalization none = new Normalization(List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0));
        int pixels = loader.imageSize().pixels();
        float[] planes = new float[3 * pixels];
        try {
            boolean drawn = !(loader.augmentation().crop() instanceof Preparation);
            new ImageTransform(loader.imageSize(), drawn ? Augmentation.EVALUATION : loader.augmentation(), none)
                    .apply(images.read(index), Rng.of(0), planes, 0);
        } catch (IOException e) {
            return null;
        }
        byte[] rgb = new byte[planes.length];
        for (int i = 0; i < rgb.length; i++) {
            float value = planes[i % 3 * pixels + i / 3];
            rgb[i] = (byte) Math.round(255 * Math.max(0, Math.min(1, value)));
        }
        return new Preview.Pixels(loader.imageSize().width(), loader.imageSize().height(), rgb);
    }
}
