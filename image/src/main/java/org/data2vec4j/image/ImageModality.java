package org.data2vec4j.image;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.data2vec4j.core.Kind;
import org.data2vec4j.core.Rng;
import org.data2vec4j.core.SettingException;
import org.data2vec4j.data.Batch;
import org.data2vec4j.data.LoaderPosition;
import org.data2vec4j.image.data.Augmentation;
import org.data2vec4j.image.data.CenterCrop;
import org.data2vec4j.image.data.ColorJitter;
import org.data2vec4j.image.data.ImageBatch;
import org.data2vec4j.image.data.ImageLoaderConfig;
import org.data2vec4j.image.data.ImageReading;
import org.data2vec4j.image.data.ImageSize;
import org.data2vec4j.image.data.ImageSource;
import org.data2vec4j.image.data.ImageSources;
import org.data2vec4j.image.data.Normalization;
import org.data2vec4j.image.data.Preparation;
import org.data2vec4j.image.data.RandomResizedCrop;
import org.data2vec4j.image.data.SourceOptions;
import org.data2vec4j.image.data.Transparency;
import org.data2vec4j.image.eval.ImageLabels;
import org.data2vec4j.image.model.ImageConfig;
import org.data2vec4j.image.model.ImageFeatureEncoder;
import org.data2vec4j.image.model.ImagePositions;
import org.data2vec4j.image.model.ImageStem;
import org.data2vec4j.model.encoder.AttentionBiasConfig;
import org.data2vec4j.model.encoder.EncoderConfig;
import org.data2vec4j.model.encoder.FeatureEncoder;
import org.data2vec4j.model.encoder.Input;
import org.data2vec4j.model.encoder.PositionsConfig;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Tensors;
import org.data2vec4j.train.TrainConfig;
import org.data2vec4j.train.data.InputReader;
import org.data2vec4j.train.data.LabelSpec;
import org.data2vec4j.train.data.LabelledSplit;
import org.data2vec4j.train.data.Modality;
import org.data2vec4j.train.data.OrderedSource;
import org.data2vec4j.train.data.RunContext;
import org.data2vec4j.train.data.SampleCollection;

/**
 * Pictures.
 *
 * @param size of pictures in training
 * @param channels colours; 3
 * @param patch side of a patch in pixels
 * @param augmentation crop, flip and colour jitter in training
 * @param normalization the colours' means and deviations
 * @param exifOrientation whether photographs are turned as their camera says
 * @param positions what tells tokens their place before anything is masked
 * @param preparation how pictures are brought to the size where nothing is drawn: for vectors and evaluation
 * @param transparency what becomes of transparent pixels
 * @param stem what is computed of pixels before they are cut into patches
 */
@Kind("image")
public record ImageModality(
        ImageSize size,
        int channels,
        int patch,
        Augmentation augmentation,
        Normalization normalization,
        boolean exifOrientation,
        ImagePositions positions,
        Preparation preparation,
        Transparency transparency,
        ImageStem stem)
        implements Modality {
    private static final int PREFETCH = 3;
    private static final int PREFETCH_IN_ORDER = 2;

    /** Checks that the parts fit. */
    public ImageModality {
        ImageConfig image = new ImageConfig(size, channels, patch);
        if (image.channels() != 3) {
            throw new SettingException("channels", "is " + channels + "; pictures are read in 3 colours");
        }
        if (image.grid().size() == 1) {
            throw new SettingException(
                    "patch", "is " + patch + ", the whole image; a single patch leaves nothing to predict");
        }
    }

    /** Pictures of which vectors are made of the middle, with transparency on black and patches cut from the pixels themselves. */
    public ImageModality(
            ImageSize size,
            int channels,
            int patch,
            Augmentation augmentation,
            Normalization normalization,
            boolean exifOrientation,
            ImagePositions positions) {
        this(
                size,
                channels,
                patch,
                augmentation,
                normalization,
                exifOrientation,
                positions,
                new CenterCrop(),
                Transparency.BLACK,
                new ImageStem.None());
    }

    /** Pictures whose tokens have sine-cosine positions. */
    public ImageModality(
            ImageSize size,
            int channels,
            int patch,
            Augmentation augmentation,
            Normalization normalization,
            boolean exifOrientation) {
        this(size, channels, patch, augmentation, normalization, exifOrientation, ImagePositions.SIN_COS);
    }

    /** The published settings: 224 pixels in patches of 16, random resized crops of 20 % to 100 % of the area, flips. */
    public static ImageModality defaults() {
        return new ImageModality(
                ImageSize.square(224),
                3,
                16,
                new Augmentation(RandomResizedCrop.ofScale(0.2, 1), true, ColorJitter.NONE),
                Normalization.IMAGENET,
                false);
    }

    /** The published augmentation and normalisation at another size. */
    public static ImageModality of(int side, int patch) {
        return of(ImageSize.square(side), patch);
    }

    /** The published augmentation and normalisation at another size. */
    public static ImageModality of(ImageSize size, int patch) {
        ImageModality usual = defaults();
        return new ImageModality(size, 3, patch, usual.augmentation, usual.normalization, false);
    }

    /** The same at another size. */
    public ImageModality withSize(ImageSize other) {
        return new ImageModality(
                other,
                channels,
                patch,
                augmentation,
                normalization,
                exifOrientation,
                positions,
                preparation.at(size, other),
                transparency,
                stem);
    }

    /** What the encoder's feature encoder is built from. */
    public ImageConfig image() {
        return new ImageConfig(size, channels, patch);
    }

    @Override
    public void checkFits(EncoderConfig encoder) {
        positions.of(encoder.width());
        if (positions == ImagePositions.NONE
                && encoder.positions() instanceof PositionsConfig.None
                && encoder.bias() instanceof AttentionBiasConfig.None) {
            throw new SettingException(
                    "positions",
                    "is none and so are model.positions and model.bias: nothing tells patches their place;"
                            + " set image.positions=sin_cos or model.bias.kind=relative");
        }
    }

    @Override
    public String samples() {
        return "images";
    }

    @Override
    public Supplier<FeatureEncoder> featureEncoder(int width) {
        return () -> new ImageFeatureEncoder(image(), width, positions, stem);
    }

    @Override
    public ImageDataset open(String data, RunContext run) {
        return new ImageDataset(source(data, run.seed()), loading(run.train(), run.seed()));
    }

    @Override
    public OrderedSource openInOrder(String data, RunContext run) {
        ImageLoaderConfig reading = ImageLoaderConfig.evaluation(
                        size, run.train().batch(), normalization)
                .withAugmentation(Augmentation.evaluation(preparation), 0)
                .withThreads(run.train().workers(), PREFETCH_IN_ORDER);
        return new ImagesInOrder(source(data, 0), reading, run.messages());
    }

    @Override
    public SampleCollection collection(String data, RunContext run) {
        return new ImageCollection(source(data, 0), reading());
    }

    @Override
    public Supplier<InputReader> readers(RunContext run) {
        return () -> new ImageInputReader(this, run.train().batch());
    }

    @Override
    public Batch random(Rng rng, long[] ids) {
        float[] pixels = new float[ids.length * channels * size.pixels()];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (float) rng.nextGaussian();
        }
        return new ImageBatch(
                ids, new int[ids.length], channels, size.height(), size.width(), pixels, LoaderPosition.START, 0);
    }

    @Override
    public String inputSize() {
        return size.height() + "x" + size.width() + " pixels";
    }

    /** What is made of a picture besides its samples. */
    public ImageReading reading() {
        return new ImageReading(exifOrientation, transparency);
    }

    /** Opens pictures as this recipe reads them. */
    public ImageSource source(String data, long seed) {
        return ImageSources.open(
                data, SourceOptions.DEFAULT.with(reading()).withSynthetic(Math.max(size.height(), size.width()), seed));
    }

    @Override
    public LabelledSplit labelled(LabelSpec spec, Consumer<String> warnings) {
        return new ImageLabels(data -> source(data, spec.seed()), this, size, normalization, preparation, augmentation)
                .open(spec, warnings);
    }

    /** How training batches are made. */
    public ImageLoaderConfig loading(TrainConfig train, long seed) {
        return new ImageLoaderConfig(size, train.batch(), augmentation, normalization, seed, train.workers(), PREFETCH);
    }

    @Override
    public Input convert(Batch batch, Device device) {
        ImageBatch images = (ImageBatch) batch;
        return new Input(
                Tensors.of(images.pixels(), images.size(), images.channels(), images.height(), images.width())
                        .to(device),
                images.ids());
    }

    @Override
    public Input placeholder(Device device) {
        return new Input(Tensors.zeros(DType.F32, device, 1, channels, size.height(), size.width()), new long[] {0});
    }
}
