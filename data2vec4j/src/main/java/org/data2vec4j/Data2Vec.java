package org.data2vec4j;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.data2vec4j.audio.AudioModality;
import org.data2vec4j.audio.data.AudioLoaderConfig;
import org.data2vec4j.audio.data.BatchSize;
import org.data2vec4j.core.UserException;
import org.data2vec4j.data.Batch;
import org.data2vec4j.embed.VectorBatch;
import org.data2vec4j.image.ImageModality;
import org.data2vec4j.image.data.RgbImage;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.model.encoder.Input;
import org.data2vec4j.model.encoder.Padding;
import org.data2vec4j.model.mask.Compat;
import org.data2vec4j.model.mask.Layout;
import org.data2vec4j.run.LoadedPretraining;
import org.data2vec4j.tensor.Autocast;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.F;
import org.data2vec4j.tensor.Grad;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.text.TextModality;
import org.data2vec4j.text.tokenizer.BpeTokenizer;
import org.data2vec4j.train.data.Modality;
import org.jspecify.annotations.Nullable;

/**
 * A trained encoder that turns a picture, a recording or a text into one vector: the mean of its final features over all positions,
 * padding and extra tokens left out. May be used by several threads at once; holds its memory until closed. Shapes: B samples, T
 * positions, D {@link #width()}.
 */
public final class Data2Vec implements AutoCloseable {
    private final LoadedPretraining run;
    private final String weights;
    private final Encoder encoder;
    private final @Nullable BpeTokenizer tokenizer;

    private Data2Vec(LoadedPretraining run, String weights, Encoder encoder) {
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
        LoadedPretraining trained = LoadedPretraining.open(run);
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

    /** What the model was trained on. */
    public Modality modality() {
        return run.config().modality();
    }

    /** The numbers of a vector, D. */
    public int width() {
        return encoder.config().width();
    }

    /** Which weights these are, in words. */
    public String origin() {
        return weights + " of " + run.path().toAbsolutePath() + " at update "
                + run.state().update() + " in " + run.precision();
    }

    /** The run. */
    public LoadedPretraining run() {
        return run;
    }

    /** An empty batch of what this model was trained on, for many vectors at a time. */
    public VectorBatch batch() {
        Modality modality = modality();
        if (modality instanceof ImageModality) {
            return pictures();
        }
        return modality instanceof AudioModality ? recordings() : sentences();
    }

    private VectorBatch.Pictures pictures() {
        ImageModality image = modality(ImageModality.class, "images");
        return new VectorBatch.Pictures(this, image, run.config().train().batch());
    }

    private VectorBatch.Recordings recordings() {
        AudioLoaderConfig reading = reading(modality(AudioModality.class, "recordings"));
        return new VectorBatch.Recordings(this, reading.rules(), reading.batch());
    }

    private VectorBatch.Texts sentences() {
        TextModality text = modality(TextModality.class, "texts");
        int most = run.config().train().batch();
        return new VectorBatch.Texts(this, Objects.requireNonNull(tokenizer), text.length(), most);
    }

    /** How whole recordings are read: one by one where padding would change the vectors. */
    public AudioLoaderConfig reading(AudioModality audio) {
        AudioLoaderConfig reading = audio.uncropped().measuring(run.config().train());
        boolean padded = audio.featureEncoder().compat() == Compat.NONE;
        return padded ? reading : reading.withBatch(new BatchSize.ByCount(1));
    }

    /** The vector of an image file: JPEG, PNG and what else pre-training reads. */
    public float[] image(Path file) {
        return vector(pictures(), file);
    }

    /** The vector of a picture, of which the middle is looked at, at the run's size. */
    public float[] image(RgbImage picture) {
        VectorBatch.Pictures batch = pictures();
        batch.add(picture);
        return batch.vectors()[0];
    }

    /** The vector of a recording, whatever its format and rate. */
    public float[] audio(Path file) {
        return vector(recordings(), file);
    }

    /** The vector of samples at 16 kHz. */
    public float[] audio(float[] samples) {
        VectorBatch.Recordings batch = recordings();
        try {
            batch.add(samples);
        } catch (IOException e) {
            throw new UserException(String.valueOf(e.getMessage()), e);
        }
        return batch.vectors()[0];
    }

    private static float[] vector(VectorBatch batch, Path file) {
        try {
            batch.add(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UserException(file + ": " + e.getMessage(), e);
        }
        return batch.vectors()[0];
    }

    /** The vector of a text, of which as much is read as the run's length allows. */
    public float[] text(String text) {
        return texts(List.of(text))[0];
    }

    /** (B, D): the vectors of texts, computed together. */
    public float[][] texts(List<String> texts) {
        VectorBatch.Texts batch = sentences();
        texts.forEach(batch::add);
        return batch.vectors();
    }

    private <M> M modality(Class<M> wanted, String samples) {
        if (!wanted.isInstance(run.config().modality())) {
            throw new UserException(run.path() + " was trained on "
                    + run.config().modality().samples() + "; it has no vectors of " + samples);
        }
        return wanted.cast(run.config().modality());
    }

    /** (B, D): the vectors of a batch's samples. */
    public float[][] vectors(Batch batch) {
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
