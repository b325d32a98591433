package org.data2vec4j.image.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.data2vec4j.core.UserException;
import org.data2vec4j.data.Fingerprint;

/**
 * The image files of a folder and all folders in it, ordered by relative path. Labelled with the names of the first-level
 * sub-folders, sorted, if every image lies in one; otherwise unlabelled. Hidden files and folders are passed over.
 */
public final class ImageFolder implements ImageSource {
    private static final Set<String> EXTENSIONS = Set.of("jpg", "jpeg", "png", "bmp", "gif", "webp", "tif", "tiff");
    private static final long LARGEST_FILE = 1L << 29;

    private final Path root;
    private final boolean exifOrientation;
    private final List<FolderScan.Found> files;
    private final List<String> classes;
    private final int[] labels;

    private ImageFolder(Path root, boolean exifOrientation, List<FolderScan.Found> files) {
        this.root = root;
        this.exifOrientation = exifOrientation;
        this.files = files;
        boolean labelled = files.stream().allMatch(file -> file.topFolder() != null);
        TreeSet<String> names = new TreeSet<>();
        if (labelled) {
            files.forEach(file -> names.add(String.valueOf(file.topFolder())));
        }
        this.classes = List.copyOf(names);
        this.labels = files.stream()
                .mapToInt(file -> labelled
                        ? names.headSet(String.valueOf(file.topFolder())).size()
                        : -1)
                .toArray();
    }

    /**
     * Lists a folder. {@code exifOrientation}: turn JPEG pictures as their EXIF header says. A folder that is missing,
     * unreadable or without images throws {@link UserException}.
     */
    public static ImageFolder open(Path root, boolean exifOrientation) {
        FolderScan scan = FolderScan.of(root);
        if (scan.images().isEmpty()) {
            throw new UserException("the folder " + root + " has no images: found " + scan.others()
                    + (scan.others() == 1 ? " other file" : " other files") + "; allowed are the extensions "
                    + String.join(", ", new TreeSet<>(EXTENSIONS)) + ", or tar shards");
        }
        return new ImageFolder(root, exifOrientation, scan.images());
    }

    /** One image file as a folder of one, unlabelled. */
    static ImageFolder ofOne(Path file, boolean exifOrientation) {
        Path absolute = file.toAbsolutePath();
        Path parent = absolute.getParent();
        try {
            FolderScan.Found found = new FolderScan.Found(String.valueOf(absolute.getFileName()), Files.size(absolute));
            return new ImageFolder(parent == null ? absolute : parent, exifOrientation, List.of(found));
        } catch (IOException e) {
            throw new UserException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    static boolean isImage(String fileName) {
        int dot = fileName.lastIndexOf('.');
        return dot > 0 && EXTENSIONS.contains(fileName.substring(dot + 1).toLowerCase(Locale.ROOT));
    }

    @Override
    public int size() {
        return files.size();
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
        return path(index).toString();
    }

    @Override
    public RgbImage read(int index) throws IOException {
        return ImageDecoder.decode(file(index), exifOrientation);
    }

    @Override
    public byte[] file(int index) throws IOException {
        Path path = path(index);
        if (Files.size(path) > LARGEST_FILE) {
            throw new IOException("the file has " + Files.size(path) + " bytes; allowed: up to " + LARGEST_FILE);
        }
        return Files.readAllBytes(path);
    }

    @Override
    public String fingerprint() {
        Fingerprint print = new Fingerprint().add("folder");
        files.forEach(file -> print.add(file.relative()).add(file.bytes()));
        return print.hex();
    }

    @Override
    public void close() {}

    private Path path(int index) {
        return root.resolve(files.get(index).relative());
    }
}
