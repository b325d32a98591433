package org.data2vec4j.image.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.data2vec4j.core.FileFailure;
import org.data2vec4j.core.UserException;
import org.data2vec4j.data.Fingerprint;
import org.data2vec4j.data.parquet.ParquetColumn;
import org.data2vec4j.data.parquet.ParquetFile;
import org.data2vec4j.data.parquet.ParquetSelection;
import org.jspecify.annotations.Nullable;

/**
 * The pictures of Parquet files as the {@code datasets} library writes them: a column of bytes, or of bytes and paths, and one of
 * classes, whose names are in the files' metadata. Pages are read as they are needed.
 */
public final class ParquetImages implements ImageSource {
    private static final List<String> USUAL = List.of("image", "img", "picture", "jpg", "png");
    private static final List<String> LABELS = List.of("label", "labels", "class", "fine_label", "category");

    private final List<ParquetFile> files;
    private final List<ParquetColumn> bytes;
    private final List<@Nullable ParquetColumn> paths;
    private final int[] firstRows; // of each file, and the end
    private final ImageReading reading;
    private final List<String> classes;
    private final int[] labels;

    private ParquetImages(
            List<ParquetFile> files,
            List<ParquetColumn> bytes,
            List<@Nullable ParquetColumn> paths,
            ImageReading reading,
            List<String> classes,
            int[] labels) {
        this.files = files;
        this.bytes = bytes;
        this.paths = paths;
        this.reading = reading;
        this.classes = classes;
        this.labels = labels;
        this.firstRows = new int[files.size() + 1];
        for (int i = 0; i < files.size(); i++) {
            firstRows[i + 1] = Math.addExact(firstRows[i], files.get(i).rows());
        }
    }

    /** Opens files; {@link UserException} says what is wrong with them. */
    static ParquetImages open(ParquetSelection selection, ImageReading reading) {
        List<ParquetFile> files = selection.open();
        boolean complete = false;
        try {
            List<ParquetColumn> bytes = new ArrayList<>();
            List<@Nullable ParquetColumn> paths = new ArrayList<>();
            List<@Nullable String> texts = new ArrayList<>();
            List<String> named = List.of();
            for (ParquetFile file : files) {
                String column = selection.bytes(file, "Image", USUAL);
                ParquetColumn samples = file.column(column);
                if (samples == null) {
                    throw new UserException(file.path() + " has no column " + column);
                }
                bytes.add(samples);
                paths.add(file.column(column.replaceFirst("\\.bytes$", "") + ".path"));
                String label = selection.labels(file, LABELS);
                named = label == null ? named : file.classes(label);
                texts.addAll(labels(file, label));
            }
            if (texts.isEmpty()) {
                throw new UserException(files.get(0).path() + " has no rows");
            }
            ImageLabelTexts labels = ImageLabelTexts.of(texts, named);
            ParquetImages images = new ParquetImages(files, bytes, paths, reading, labels.classes(), labels.labels());
            complete = true;
            return images;
        } finally {
            if (!complete) {
                files.forEach(ParquetFile::close);
            }
        }
    }

    private static List<@Nullable String> labels(ParquetFile file, @Nullable String label) {
        List<@Nullable String> texts = new ArrayList<>();
        ParquetColumn column = label == null ? null : file.column(label);
        List<String> names = label == null ? List.of() : file.classes(label);
        try {
            for (int row = 0; row < file.rows(); row++) {
                texts.add(column == null ? null : ParquetSelection.label(column.text(row), names));
            }
        } catch (IOException e) {
            throw new UserException("the labels of " + file.path() + " cannot be read: " + FileFailure.reason(e), e);
        }
        return texts;
    }

    private int fileOf(int index) {
        int found = Arrays.binarySearch(firstRows, index);
        int file = found >= 0 ? found : -found - 2;
        while (firstRows[file + 1] <= index) {
            file++; // behind files without rows
        }
        return file;
    }

    @Override
    public int size() {
        return labels.length;
    }

    @Override
    public List<String> classes() {
        return classes;
    }

    @Override
    public int label(int index) {
        return labels[index];
    }

    /** The file and the number of the row, from 0. */
    @Override
    public String name(int index) {
        int file = fileOf(index);
        return files.get(file).path() + "!" + (index - firstRows[file]);
    }

    @Override
    public RgbImage read(int index) throws IOException {
        return ImageDecoder.decode(file(index), reading);
    }

    @Override
    public byte[] file(int index) throws IOException {
        int file = fileOf(index);
        int row = index - firstRows[file];
        byte[] stored = bytes.get(file).bytes(row);
        if (stored != null) {
            return stored;
        }
        ParquetColumn column = paths.get(file);
        String path = column == null ? null : column.text(row);
        if (path == null) {
            throw new IOException("the row has no picture");
        }
        Path beside = files.get(file).path().resolveSibling(path);
        if (!Files.isRegularFile(beside)) {
            throw new IOException("the row has a path only, and " + beside + " does not exist");
        }
        return Files.readAllBytes(beside);
    }

    @Override
    public String fingerprint() {
        Fingerprint print = new Fingerprint().add("parquet");
        files.forEach(file -> print.add(String.valueOf(file.path().getFileName()))
                .add(file.path().toFile().length())
                .add(file.rows()));
        Arrays.stream(labels).forEach(print::add);
        return print.hex();
    }

    @Override
    public void close() {
        files.forEach(ParquetFile::close);
    }
}
