package org.data2vec4j.eval.suite;

import java.util.List;
import java.util.function.Consumer;
import org.data2vec4j.data.image.Augmentation;
import org.data2vec4j.data.image.ImageBatch;
import org.data2vec4j.data.image.ImageLoaderConfig;
import org.data2vec4j.data.image.ImageReaderPass;
import org.data2vec4j.eval.Features;
import org.data2vec4j.eval.ImageSelection;
import org.data2vec4j.eval.RawPixels;
import org.data2vec4j.model.modality.Input;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.train.modality.ImageModality;

/** Labelled pictures, cropped in the middle. */
public final class PictureSamples implements Samples {
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
    public PictureSamples(
            ImageSelection images, ImageModality modality, ImageLoaderConfig loader, Consumer<String> warnings) {
        this.images = images;
        this.modality = modality;
        this.loader = loader.withAugmentation(Augmentation.EVALUATION, loader.seed());
        this.warnings = warnings;
    }

    private PictureSamples(PictureSamples of, Augmentation augmentation, long seed) {
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
        try (ImageReaderPass pass = pass()) {
            for (ImageBatch batch : pass) {
                try (Scope scope = Scope.open()) {
                    work.accept(modality.of(batch, device));
                }
            }
        }
    }

    @Override
    public Features raw() {
        try (ImageReaderPass pass = pass()) {
            return RawPixels.extract(pass, images.size());
        }
    }

    @Override
    public String rawName() {
        return "pixels";
    }

    @Override
    public Samples altered(long seed) {
        return new PictureSamples(this, modality.augmentation(), seed);
    }

    private ImageReaderPass pass() {
        return new ImageReaderPass(images, loader, images.size(), warnings);
    }
}
