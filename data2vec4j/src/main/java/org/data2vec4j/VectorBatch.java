package org.data2vec4j;

import java.awt.image.BufferedImage;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.data2vec4j.core.UserException;
import org.data2vec4j.train.data.InputReader;

/**
 * Samples of what a model was trained on, gathered one by one and embedded together; made by {@link Data2Vec#batch()}. A sample that
 * cannot be used is refused with a {@link UserException} when it is added, and the others stay as they were. For one thread.
 */
public final class VectorBatch {
    private final Data2Vec model;
    private final InputReader reader;

    /** An empty batch of a model's. */
    public VectorBatch(Data2Vec model, InputReader reader) {
        this.model = model;
        this.reader = reader;
    }

    /** Adds a sample by its file; {@link UserException} if it does not exist or cannot be used. */
    public void add(Path file) {
        reader.add(file);
    }

    /** Adds a sample by the bytes of its file: an image, a recording, or a text in UTF-8. */
    public void add(byte[] file) {
        reader.add(file);
    }

    /** Adds a sample by the bytes that a stream holds; the stream stays open. */
    public void add(InputStream file) {
        reader.add(file);
    }

    /** Adds a text. */
    public void add(String text) {
        reader.add(text);
    }

    /** Adds a recording: values from -1 to 1 of one channel, {@code sampleRate} a second. */
    public void add(float[] signal, int sampleRate) {
        reader.add(signal, sampleRate);
    }

    /** Adds an image in memory. */
    public void add(BufferedImage image) {
        reader.add(image);
    }

    /** Whether a sample may be given as a string. */
    public boolean takesText() {
        return reader.takesText();
    }

    /** How many have been added. */
    public int size() {
        return reader.size();
    }

    /** Whether these are as many as are to be computed at once. */
    public boolean full() {
        return reader.full();
    }

    /** (B, D): the vectors of what was added, in that order; the batch is empty then. */
    public float[][] vectors() {
        List<float[]> vectors = new ArrayList<>();
        reader.take().forEach(batch -> Collections.addAll(vectors, model.vectors(batch)));
        return vectors.toArray(float[][]::new);
    }
}
