package org.data2vec4j.train.data;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.data2vec4j.core.UserException;
import org.data2vec4j.data.Batch;

/**
 * Gathers single samples, in whatever form a caller has them, and turns them into batches. A sample that cannot be used is refused
 * with a {@link UserException} when it is added, and the others stay as they were. For one thread.
 */
public interface InputReader {
    /** What the samples are called, in the plural, for messages. */
    String samples();

    /**
     * Adds a sample by the bytes of its file.
     *
     * @throws UserException whose message is the reason why it cannot be used
     */
    void add(byte[] file);

    /**
     * Adds a sample by its file.
     *
     * @throws UserException that names the file if it does not exist or cannot be used
     */
    default void add(Path file) {
        byte[] bytes;
        try {
            if (!Files.exists(file)) {
                throw new UserException(file + " does not exist");
            }
            if (Files.isDirectory(file)) {
                throw new UserException(file + " is a folder; give the file of one sample");
            }
            bytes = Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UserException(file + " cannot be read: " + e, e);
        }
        try {
            add(bytes);
        } catch (UserException e) {
            throw new UserException(file + ": " + e.getMessage(), e);
        }
    }

    /** Adds a sample by the bytes that a stream holds; the stream stays open. */
    default void add(InputStream file) {
        byte[] bytes;
        try {
            bytes = file.readAllBytes();
        } catch (IOException e) {
            throw new UserException("the stream cannot be read: " + e, e);
        }
        add(bytes);
    }

    /** Whether a sample may be given as a string. */
    default boolean takesText() {
        return false;
    }

    /** Adds a text. */
    default void add(String text) {
        throw unknown("texts; a file is given as a Path");
    }

    /** Adds a pair of texts that are read together. */
    default void add(String first, String second) {
        throw unknown("pairs of texts");
    }

    /**
     * Adds a recorded signal.
     *
     * @param signal values from -1 to 1, one channel
     * @param sampleRate values a second
     */
    default void add(float[] signal, int sampleRate) {
        throw unknown("arrays of samples");
    }

    /** Adds an image that is in memory. */
    default void add(BufferedImage image) {
        throw unknown("images in memory");
    }

    private UserException unknown(String form) {
        return new UserException("the model was trained on " + samples() + "; it has no vectors of " + form);
    }

    /** How many samples have been added and not been taken. */
    int size();

    /** Whether these are as many as are to be computed at once. */
    boolean full();

    /** What was added, in that order, as batches that can each be computed at once; the reader is empty then. */
    List<Batch> take();
}
