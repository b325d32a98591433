package org.data2vec4j.image.data;

import java.io.IOException;
import java.util.List;

/**
 * A fixed, ordered set of pictures: index {@code i} of 0 to {@code size() - 1} always names the same one. All methods but
 * {@link #close()} may be called from many threads at once.
 */
public interface ImageSource extends AutoCloseable {
    /** The number of pictures, at least one. */
    int size();

    /** The class names, in the order of the labels; empty when nothing is labelled. */
    List<String> classes();

    /** The class of a picture, an index into {@link #classes()}; −1 if unknown. */
    int label(int index);

    /** A name by which a user finds the picture: a file path, or {@code shard!entry}. */
    String name(int index);

    /** Decodes a picture; a broken one is an {@link IOException} whose message is the reason, without the name. */
    RgbImage read(int index) throws IOException;

    /** The bytes of a picture's file; a PNG file of it, unless overridden. */
    default byte[] file(int index) throws IOException {
        return PngFile.encode(read(index));
    }

    /** One line for each oddity found on opening: files that are passed over, listed ones that are missing; none unless overridden. */
    default List<String> notes() {
        return List.of();
    }

    /** A hash over names, sizes, labels and order, but not over the place in the file system; the pictures are not read. */
    String fingerprint();

    /** Frees files and temporary space; reading afterwards fails. */
    @Override
    void close();
}
