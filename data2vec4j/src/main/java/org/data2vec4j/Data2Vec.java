package org.data2vec4j;

import java.awt.image.BufferedImage;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.data2vec4j.core.UserException;
import org.data2vec4j.data.Batch;
import org.data2vec4j.embed.FeatureExtractor;
import org.data2vec4j.run.LoadedEncoder;
import org.data2vec4j.run.OpenedRun;
import org.data2vec4j.tensor.Native;
import org.data2vec4j.train.data.InputReader;
import org.data2vec4j.train.data.Modality;

/**
 * A trained encoder that turns an image, a recording or a text into one vector, or into the features of all its positions. May be
 * used by several threads at once. Whoever loads it closes it, in any thread: {@link #close} waits for the calls in flight, and every
 * call after it is an {@link IllegalStateException} that names the run. Whatever a caller can mend is a {@link UserException}. Loading
 * changes no setting of the process unless {@link Options#threads()} says so. Shapes: B samples, D {@link #width()}.
 */
public final class Data2Vec implements AutoCloseable {
    private final OpenedRun run;
    private final LoadedEncoder loaded;
    private final FeatureExtractor features;
    private final Supplier<InputReader> readers;

    private Data2Vec(OpenedRun run, LoadedEncoder loaded, Options options) {
        this.run = run;
        this.loaded = loaded;
        this.features = new FeatureExtractor(run, loaded, options);
        this.readers = modality().readers(run.context());
    }

    /** Loads the preferred encoder of a run directory's newest checkpoint. */
    public static Data2Vec load(Path run) {
        return load(run, Options.DEFAULT);
    }

    /**
     * Loads an encoder of a run directory's newest checkpoint.
     *
     * @throws UserException if that is no run directory, or it has no such weights, layer or token; nothing stays open then
     */
    public static Data2Vec load(Path run, Options options) {
        if (options.threads() != Options.UNCHANGED) {
            Native.threads(options.threads());
        }
        OpenedRun opened = OpenedRun.open(run, options.device());
        LoadedEncoder encoder = LoadedEncoder.of(opened, options.weights());
        boolean complete = false;
        try {
            Data2Vec model = new Data2Vec(opened, encoder, options);
            complete = true;
            return model;
        } finally {
            if (!complete) {
                encoder.close();
            }
        }
    }

    /** What the model was trained on. */
    public Modality modality() {
        loaded.requireOpen();
        return run.config().modality();
    }

    /** The numbers of a vector, D. */
    public int width() {
        loaded.requireOpen();
        return features.width();
    }

    /** What is known of the model. */
    public ModelInfo info() {
        Modality modality = modality();
        return new ModelInfo(
                modality.kind(),
                modality.samples(),
                run.config().method().title(),
                width(),
                features.layers(),
                modality.inputSize(),
                modality.sampleRate(),
                loaded.name(),
                run.state().update(),
                origin());
    }

    /** Which weights these are, in words. */
    public String origin() {
        loaded.requireOpen();
        return loaded.name() + " of " + run.path().toAbsolutePath() + " at update "
                + run.state().update() + " in " + run.precision();
    }

    /** The run. */
    public OpenedRun run() {
        loaded.requireOpen();
        return run;
    }

    /** An empty batch of what this model was trained on, for many vectors at a time. */
    public VectorBatch batch() {
        return new VectorBatch(this, reader());
    }

    /** An empty reader of single samples, whose batches {@link #vectors} takes; readers may be used in other threads than the model. */
    public InputReader reader() {
        loaded.requireOpen();
        return readers.get();
    }

    /** (D): the vector of a file's image, recording or text (UTF-8). */
    public float[] embed(Path file) {
        return one(batch -> batch.add(file));
    }

    /** (D): the vector of the image, the recording or the text (UTF-8) whose file has these bytes. */
    public float[] embed(byte[] file) {
        return one(batch -> batch.add(file));
    }

    /** (D): the vector of the image, the recording or the text (UTF-8) that a stream holds, which stays open. */
    public float[] embed(InputStream file) {
        return one(batch -> batch.add(file));
    }

    /** (D): the vector of a text, of which as much is read as the model's length allows; a file is given as a {@link Path}. */
    public float[] embed(String text) {
        return one(batch -> batch.add(text));
    }

    /** (D): the vector of a recording: values from -1 to 1 of one channel, 16,000 a second. */
    public float[] embed(float[] signal) {
        return embed(signal, 16_000);
    }

    /** (D): the vector of a recording: values from -1 to 1 of one channel, {@code sampleRate} a second. */
    public float[] embed(float[] signal, int sampleRate) {
        return one(batch -> batch.add(signal, sampleRate));
    }

    /** (D): the vector of an image in memory, of which the middle is looked at, at the model's size. */
    public float[] embed(BufferedImage image) {
        return one(batch -> batch.add(image));
    }

    private float[] one(Consumer<VectorBatch> added) {
        VectorBatch batch = batch();
        added.accept(batch);
        return batch.vectors()[0];
    }

    /** (B, D): the vectors of files, in that order, as many at a time as the run's recipe trains on. */
    public float[][] embedAll(List<Path> files) {
        return all(files, VectorBatch::add);
    }

    /** (B, D): the vectors of texts, in that order, as many at a time as the run's recipe trains on. */
    public float[][] embedTexts(List<String> texts) {
        return all(texts, VectorBatch::add);
    }

    /** (B, D): the vectors of images in memory, in that order, as many at a time as the run's recipe trains on. */
    public float[][] embedImages(List<BufferedImage> images) {
        return all(images, VectorBatch::add);
    }

    private <S> float[][] all(List<S> samples, BiConsumer<VectorBatch, S> added) {
        VectorBatch batch = batch();
        List<float[]> vectors = new ArrayList<>();
        for (S sample : samples) {
            added.accept(batch, sample);
            if (batch.full()) {
                Collections.addAll(vectors, batch.vectors());
            }
        }
        Collections.addAll(vectors, batch.vectors());
        return vectors.toArray(float[][]::new);
    }

    /** The features of a file's image, recording or text at every position and layer. */
    public HiddenStates hidden(Path file) {
        return hidden(reader -> reader.add(file));
    }

    /** The features, at every position and layer, of the image, the recording or the text whose file has these bytes. */
    public HiddenStates hidden(byte[] file) {
        return hidden(reader -> reader.add(file));
    }

    /** The features of a text at every position and layer. */
    public HiddenStates hidden(String text) {
        return hidden(reader -> reader.add(text));
    }

    /** The features of a recording at every position and layer: values from -1 to 1 of one channel, {@code sampleRate} a second. */
    public HiddenStates hidden(float[] signal, int sampleRate) {
        return hidden(reader -> reader.add(signal, sampleRate));
    }

    /** The features of an image in memory at every position and layer. */
    public HiddenStates hidden(BufferedImage image) {
        return hidden(reader -> reader.add(image));
    }

    private HiddenStates hidden(Consumer<InputReader> added) {
        InputReader reader = reader();
        added.accept(reader);
        return features.hidden(reader.take().get(0)).get(0);
    }

    /** The features of files at every position and layer, in that order, as many at a time as the run's recipe trains on. */
    public List<HiddenStates> hiddenAll(List<Path> files) {
        InputReader reader = reader();
        List<HiddenStates> all = new ArrayList<>();
        for (Path file : files) {
            reader.add(file);
            if (reader.full()) {
                reader.take().forEach(batch -> all.addAll(features.hidden(batch)));
            }
        }
        reader.take().forEach(batch -> all.addAll(features.hidden(batch)));
        return all;
    }

    /** (B, D): the vectors of a batch's samples. */
    public float[][] vectors(Batch batch) {
        return features.vectors(batch);
    }

    /** Frees the model when the last call in flight has ended; a second call does nothing. */
    @Override
    public void close() {
        loaded.close();
    }
}
