package org.data2vec4j.image.eval;

import java.util.List;
import java.util.function.Consumer;
import org.data2vec4j.evaluation.probe.Features;
import org.data2vec4j.evaluation.suite.Samples;
import org.data2vec4j.image.ImageModality;
import org.data2vec4j.image.data.Augmentation;
import org.data2vec4j.image.data.ImageBatch;
import org.data2vec4j.image.data.ImageLoaderConfig;
import org.data2vec4j.image.data.SequentialImageLoader;
import org.data2vec4j.model.encoder.Input;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Scope;

/** Labelled pictures, cropped in the middle. */
public final class ImageSamples implements Samples {
    private final ImageSelection images;
    private final ImageModality modality;
    private final ImageLoaderConfig loader;
    private final Consumer<String> warnings;

    /**
     * Some pictures.
     *
     * @param loader batch and threads; its augmentation is replaced by the centre crop
     * @param warnings told of pictures that cannot be read
     */
    public ImageSamples(
            ImageSelection images, ImageModality modality, ImageLoaderConfig loader, Consumer<String> warnings) {
        this.images = images;
        this.modality = modality;
        this.loader = loader.withAugmentation(Augmentation.EVALUATION, loader.seed());
        this.warnings = warnings;
    }

    private ImageSamples(ImageSamples of, Augmentation augmentation, long seed) {
        this.images = of.images;
        this.modality = of.modality;
        this.loader = of.loader.withAugmentation(augmentation, seed);
        this.warnings = message -> {}; // told already
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
    public void each(Device device, Consumer<Input> work) {
        try (SequentialImageLoader pass = pass()) {
            for (ImageBatch batch : pass) {
                try (Scope scope = Scope.open()) {
                    work.accept(modality.of(batch, device));
                }
            }
        }
    }

    @Override
    public Features raw() {
        try (SequentialImageLoader pass = pass()) {
            return RawPixels.extract(pass, images.size());
        }
    }

    @Override
    public String rawName() {
        return "pixels";
    }

    @Override
    public Samples altered(long seed) {
        return new ImageSamples(this, modality.augmentation(), seed);
    }

    private SequentialImageLoader pass() {
        return new SequentialImageLoader(images, loader, images.size(), warnings);
    }
}
