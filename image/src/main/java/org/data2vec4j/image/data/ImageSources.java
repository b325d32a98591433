package org.data2vec4j.image.data;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.data2vec4j.core.FileFailure;
import org.data2vec4j.core.UserException;
import org.data2vec4j.data.parquet.ParquetSelection;
import org.data2vec4j.data.tar.ShardSelection;
import org.data2vec4j.data.text.TableReader;

/** Opens image data from the one word a user gives for it. */
public final class ImageSources {
    /** Images in {@code synthetic} and in {@code synthetic-patterns} when no number is given. */
    public static final int SYNTHETIC_SIZE = 10_000;

    private static final int MOST_SYNTHETIC = 100_000_000;

    private ImageSources() {}

    /** {@link #open(String, SourceOptions)} with {@link SourceOptions#DEFAULT}. */
    public static ImageSource open(String spec) {
        return open(spec, SourceOptions.DEFAULT);
    }

    /**
     * The source that {@code spec} names: {@code synthetic}, {@code synthetic:N}, {@code synthetic-patterns} or {@code
     * synthetic-patterns:N}; a folder of images; an image file; a table of images (.csv, .tsv, .jsonl); Parquet files (see {@link
     * ParquetSelection}); a .tar, .tar.gz or .tgz file; a folder of those; or such a folder followed by a prefix or glob of their names ({@code cifar10/train}, {@code cifar10/train-*}).
     * Throws {@link UserException} when there is no such thing or no image in it.
     */
    public static ImageSource open(String spec, SourceOptions options) {
        ImageSource source = uncached(spec, options);
        return options.decodedMemory() > 0 ? new CachedImages(source, options.decodedMemory()) : source;
    }

    private static ImageSource uncached(String spec, SourceOptions options) {
        for (SyntheticDrawing drawing : SyntheticDrawing.values()) {
            if (spec.equals(drawing.word()) || spec.startsWith(drawing.word() + ":")) {
                return new SyntheticImages(
                        drawing, syntheticSize(spec), options.syntheticImageSize(), options.syntheticSeed());
            }
        }
        ParquetSelection tables = ParquetSelection.of(spec, ImageFolder::isImage);
        if (tables != null) {
            return ParquetImages.open(tables, options.reading());
        }
        List<Path> shards = ShardSelection.select(spec);
        if (!shards.isEmpty()) {
            return TarShards.open(shards, options);
        }
        Path path = existing(spec);
        if (Files.isDirectory(path)) {
            return ImageFolder.open(path, options.reading());
        }
        if (ImageFolder.isImage(String.valueOf(path.getFileName()))) {
            return ImageFolder.ofOne(path, options.reading());
        }
        if (TableReader.isTable(String.valueOf(path.getFileName()))) {
            return ImageTable.open(path, options.reading());
        }
        throw new UserException("data " + spec
                + " is a file, but neither an image, nor a .csv, .tsv or .jsonl table of images, nor .tar, .tar.gz or .tgz; give a"
                + " folder of images, tar shards, 'synthetic' or 'synthetic-patterns'");
    }

    private static Path existing(String spec) {
        try {
            Path path = Path.of(spec);
            if (!spec.isEmpty() && Files.exists(path)) {
                return path;
            }
        } catch (InvalidPathException e) {
            throw FileFailure.noPath(spec, e);
        }
        throw new UserException("data '" + spec
                + "' does not exist, as a path or as the beginning of tar shard names" + FileFailure.localeAdvice()
                + "; give a folder of images, tar shards,"
                + " 'synthetic' or 'synthetic-patterns'");
    }

    private static int syntheticSize(String spec) {
        int colon = spec.indexOf(':');
        if (colon < 0) {
            return SYNTHETIC_SIZE;
        }
        String digits = spec.substring(colon + 1);
        try {
            int size = Integer.parseInt(digits);
            if (size >= 1 && size <= MOST_SYNTHETIC) {
                return size;
            }
        } catch (NumberFormatException e) {
            throw new UserException(
                    "data '" + spec + "' needs a whole number after the colon, as in " + spec.substring(0, colon)
                            + ":2000",
                    e);
        }
        throw new UserException("data '" + spec + "' asks for " + digits + " images; allowed: 1 to " + MOST_SYNTHETIC);
    }
}
