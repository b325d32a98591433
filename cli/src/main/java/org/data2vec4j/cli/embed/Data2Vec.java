package org.data2vec4j.cli.embed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.data2vec4j.cli.run.TrainedRun;
import org.data2vec4j.core.Rng;
import org.data2vec4j.core.UserException;
import org.data2vec4j.data.Batch;
import org.data2vec4j.data.LoaderPosition;
import org.data2vec4j.data.audio.AudioBatch;
import org.data2vec4j.data.audio.AudioSource;
import org.data2vec4j.data.audio.AudioSources;
import org.data2vec4j.data.image.Augmentation;
import org.data2vec4j.data.image.ImageBatch;
import org.data2vec4j.data.image.ImageDecoder;
import org.data2vec4j.data.image.ImageTransform;
import org.data2vec4j.data.image.RgbImage;
import org.data2vec4j.data.text.LabelledSamples;
import org.data2vec4j.data.text.LabelledText;
import org.data2vec4j.data.text.TextPass;
import org.data2vec4j.data.tokenizer.BpeTokenizer;
import org.data2vec4j.model.mask.Layout;
import org.data2vec4j.model.modality.Encoder;
import org.data2vec4j.model.modality.Input;
import org.data2vec4j.model.modality.Padding;
import org.data2vec4j.tensor.Autocast;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.F;
import org.data2vec4j.tensor.Grad;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.train.modality.AudioModality;
import org.data2vec4j.train.modality.ImageModality;
import org.data2vec4j.train.modality.TextModality;
import org.jspecify.annotations.Nullable;

/**
 * A trained encoder that turns a picture, a recording or a text into one vector: the mean of its final features over all positions,
 * padding and extra tokens left out. May be used by several threads at once; holds its memory until closed. Shapes: B samples, T
 * positions, D {@link #width()}.
 */
public final class Data2Vec implements AutoCloseable {
    private static final double EPSILON = 1e-5;

    private final TrainedRun run;
    private final String weights;
    private final Encoder encoder;
    private final @Nullable BpeTokenizer tokenizer;

    private Data2Vec(TrainedRun run, String weights, Encoder encoder) {
        this.run = run;
        this.weights = weights;
        this.encoder = encoder;
        this.tokenizer = run.config().modality() instanceof TextModality text ? text.tokenizer(run.path()) : null;
        encoder.train(false);
    }

    /** The preferred encoder of a run directory's newest checkpoint. */
    public static Data2Vec load(Path run) {
        return load(run, "both");
    }

    /**
     * One of a run's encoders.
     *
     * @param weights {@code student} or {@code teacher}; {@code both} for the preferred one
     * @throws UserException if that is no run directory, or has no such encoder
     */
    public static Data2Vec load(Path run, String weights) {
        TrainedRun trained = TrainedRun.open(run);
        boolean loaded = false;
        try {
            Map.Entry<String, Encoder> chosen =
                    trained.encoders(weights).entrySet().iterator().next();
            Data2Vec model = new Data2Vec(trained, chosen.getKey(), chosen.getValue());
            loaded = true;
            return model;
        } finally {
            if (!loaded) {
                trained.close();
            }
        }
    }

    /** The numbers of a vector, D. */
    public int width() {
        return encoder.config().width();
    }

    /** Which weights these are, in words. */
    String origin() {
        return weights + " of " + run.path().toAbsolutePath() + " at update "
                + run.state().update() + " in " + run.precision();
    }

    /** The run. */
    TrainedRun run() {
        return run;
    }

    /** The vector of an image file: JPEG, PNG and what else pre-training reads. */
    public float[] image(Path file) {
        ImageModality image = modality(ImageModality.class, "images");
        try {
            return image(ImageDecoder.decode(Files.readAllBytes(file), image.exifOrientation()));
        } catch (IOException e) {
            throw new UserException(file + ": " + e.getMessage(), e);
        }
    }

    /** The vector of a picture, of which the middle is looked at, at the run's size. */
    public float[] image(RgbImage picture) {
        ImageModality image = modality(ImageModality.class, "images");
        ImageTransform transform = new ImageTransform(image.size(), Augmentation.EVALUATION, image.normalization());
        float[] pixels = new float[transform.length()];
        transform.apply(picture, Rng.of(0), pixels, 0);
        return vectors(new ImageBatch(
                new long[1], new int[] {-1}, 3, image.size(), image.size(), pixels, LoaderPosition.START, 0))[0];
    }

    /** The vector of a recording, whatever its format and rate. */
    public float[] audio(Path file) {
        modality(AudioModality.class, "recordings");
        try (AudioSource source = AudioSources.open(file.toString())) {
            return audio(source.read(0).samples());
        } catch (IOException e) {
            throw new UserException(file + ": " + e.getMessage(), e);
        }
    }

    /** The vector of samples at 16 kHz. */
    public float[] audio(float[] samples) {
        AudioModality audio = modality(AudioModality.class, "recordings");
        float[] input = audio.normalize() ? normalised(samples) : samples.clone();
        return vectors(new AudioBatch(
                new long[1],
                new int[] {input.length},
                input.length,
                input,
                new int[] {-1},
                new String[1],
                LoaderPosition.START,
                0))[0];
    }

    /** Mean 0 and variance 1, as recordings are read in training. */
    private static float[] normalised(float[] samples) {
        double mean = 0;
        for (float sample : samples) {
            mean += sample;
        }
        mean /= samples.length;
        double squares = 0;
        for (float sample : samples) {
            squares += (sample - mean) * (sample - mean);
        }
        double scale = 1 / Math.sqrt(squares / samples.length + EPSILON);
        float[] normal = new float[samples.length];
        for (int i = 0; i < normal.length; i++) {
            normal[i] = (float) ((samples[i] - mean) * scale);
        }
        return normal;
    }

    /** The vector of a text, of which as much is read as the run's length allows. */
    public float[] text(String text) {
        return texts(List.of(text))[0];
    }

    /** (B, D): the vectors of texts, computed together. */
    public float[][] texts(List<String> texts) {
        TextModality modality = modality(TextModality.class, "texts");
        if (texts.isEmpty() || tokenizer == null) {
            return new float[0][];
        }
        List<LabelledText> all = texts.stream()
                .map(text -> new LabelledText(text, null, Float.NaN))
                .toList();
        LabelledSamples samples = new LabelledSamples(all, tokenizer, modality.length());
        return vectors(
                new TextPass(samples, texts.size(), texts.size()).iterator().next());
    }

    private <M> M modality(Class<M> wanted, String samples) {
        if (!wanted.isInstance(run.config().modality())) {
            throw new UserException(run.path() + " was trained on "
                    + run.config().modality().samples() + "; it has no vectors of " + samples);
        }
        return wanted.cast(run.config().modality());
    }

    /** (B, D): the vectors of a batch's samples. */
    float[][] vectors(Batch batch) {
        try (Scope scope = Scope.open()) {
            Input input = run.config().modality().of(batch, run.device());
            Tensor mean_BD = Grad.off(() -> Autocast.with(run.precision().type(), () -> mean(input)));
            if (!F.allFinite(mean_BD)) {
                throw new UserException(run.path() + " gives vectors that are not all finite numbers: its weights are"
                        + " damaged, or its precision is too low");
            }
            float[] all = mean_BD.toFloats();
            int width = width();
            float[][] vectors = new float[all.length / width][];
            for (int i = 0; i < vectors.length; i++) {
                vectors[i] = Arrays.copyOfRange(all, i * width, (i + 1) * width);
            }
            return vectors;
        }
    }

    private Tensor mean(Input input) {
        Layout layout = encoder.local().layout(input);
        Tensor x_BTD = encoder.encode(encoder.local().tokens(input, layout), layout)
                .positions()
                .to(DType.F32);
        Tensor valid_BT1 = Padding.input(layout, run.device());
        return valid_BT1 == null
                ? x_BTD.mean(false, 1)
                : x_BTD.mul(valid_BT1).sum(false, 1).div(valid_BT1.sum(false, 1));
    }

    @Override
    public void close() {
        run.close();
    }
}
