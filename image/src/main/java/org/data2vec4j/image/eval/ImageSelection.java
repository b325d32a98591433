package org.data2vec4j.image.eval;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.data2vec4j.core.UserException;
import org.data2vec4j.data.Fingerprint;
import org.data2vec4j.image.data.ImageSource;
import org.data2vec4j.image.data.RgbImage;

/** Some pictures of a source, as a source of its own; closing it leaves the other open. */
public final class ImageSelection implements ImageSource {
    private final ImageSource source;
    private final List<String> classes;
    private final int[] indices;
    private final int[] labels;

    /** The pictures {@code indices} of the source, whose classes are {@code labels}, indices into {@code classes} or −1. */
    public ImageSelection(ImageSource source, List<String> classes, int[] indices, int[] labels) {
        if (indices.length != labels.length || indices.length == 0) {
            throw new IllegalArgumentException(indices.length + " pictures with " + labels.length + " labels");
        }
        this.source = source;
        this.classes = List.copyOf(classes);
        this.indices = indices.clone();
        this.labels = labels.clone();
    }

    /**
     * Labelled pictures of a source, in its order, so that files are read front to back.
     *
     * @param classes what labels are to be indices into; the source's are found there by name
     * @param rows their indices in the source; all are labelled
     * @throws UserException naming a picture of a class that is not there
     */
    public static ImageSelection labelled(ImageSource source, List<String> classes, int[] rows) {
        int[] ordered = rows.clone();
        Arrays.sort(ordered);
        int[] translation = source.classes().stream().mapToInt(classes::indexOf).toArray();
        int[] labels = Arrays.stream(ordered)
                .map(row -> translation[source.label(row)])
                .toArray();
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0) {
                throw new UserException("the test image " + source.name(ordered[i]) + " is of class '"
                        + source.classes().get(source.label(ordered[i]))
                        + "', which the training data does not have; its classes: " + classes);
            }
        }
        return new ImageSelection(source, classes, ordered, labels);
    }

    /** Where a picture of this selection stands in the source it was taken from. */
    public int sourceIndex(int index) {
        return indices[index];
    }

    @Override
    public int size() {
        return indices.length;
    }

    @Override
    public List<String> classes() {
        return classes;
    }

    @Override
    public int label(int index) {
        return labels[index];
    }

    @Override
    public String name(int index) {
        return source.name(indices[index]);
    }

    @Override
    public RgbImage read(int index) throws IOException {
        return source.read(indices[index]);
    }

    @Override
    public List<String> notes() {
        return source.notes();
    }

    @Override
    public String fingerprint() {
        Fingerprint print = new Fingerprint().add("selection").add(source.fingerprint());
        for (int i = 0; i < indices.length; i++) {
            print.add(indices[i]).add(labels[i]);
        }
        return print.hex();
    }

    @Override
    public void close() {}
}
