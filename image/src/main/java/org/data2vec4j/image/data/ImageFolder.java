package org.data2vec4j.image.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.data2vec4j.core.FileFailure;
import org.data2vec4j.core.UserException;
import org.data2vec4j.data.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * The image files of a folder and all folders in it, ordered by relative path. Labelled by a {@code metadata} table that names classes,
 * otherwise with the names of the first-level sub-folders, sorted, if nearly every image lies in one: a stray one beside them is not
 * labelled. Hidden files and folders are passed over.
 */
public final class ImageFolder implements ImageSource {
    /** JPEG, PNG, BMP, GIF, WebP, TIFF, PNM, JPEG 2000, AVIF and HEIC, under their usual names. */
    private static final Set<String> EXTENSIONS = Set.of(
            "jpg", "jpeg", "jpe", "jfif", "pjpeg", "pjp", "png", "bmp", "dib", "gif", "webp", "tif", "tiff", "ppm",
            "pgm", "pbm", "pnm", "jp2", "j2k", "j2c", "jpf", "avif", "heic", "heif");

    private static final long LARGEST_FILE = 1L << 29;
    private static final double STRAY = 0.05;

    private final Path root;
    private final ImageReading reading;
    private final List<FolderScan.Found> files;
    private final ImageLabelTexts labels;
    private final List<String> notes;

    ImageFolder(
            Path root, ImageReading reading, List<FolderScan.Found> files, ImageLabelTexts labels, List<String> notes) {
        this.root = root;
        this.reading = reading;
        this.files = files;
        this.labels = labels;
        this.notes = notes;
    }

    /**
     * Lists a folder. {@code exifOrientation}: turn pictures as their EXIF header says. A folder that is missing, unreadable or
     * without images throws {@link UserException}.
     */
    public static ImageFolder open(Path root, boolean exifOrientation) {
        return open(root, new ImageReading(exifOrientation, Transparency.BLACK));
    }

    /** Lists a folder whose pictures are read so. */
    static ImageFolder open(Path root, ImageReading reading) {
        FolderScan scan = FolderScan.of(root);
        if (scan.images().isEmpty()) {
            int others = scan.others().count();
            throw new UserException("the folder " + root + " has no images: found " + others
                    + (others == 1 ? " other file" : " other files") + "; allowed are the extensions "
                    + String.join(", ", new TreeSet<>(EXTENSIONS)) + ", or tar shards");
        }
        List<String> notes = new ArrayList<>();
        Map<String, String> named = named(scan);
        ImageLabelTexts labels = named.isEmpty()
                ? ImageLabelTexts.ofFolders(folders(scan, notes))
                : ImageLabelTexts.of(scan.images().stream()
                        .<@Nullable String>map(file -> named.get(file.relative()))
                        .toList());
        notes.addAll(scan.others().notes(root));
        return new ImageFolder(root, reading, scan.images(), labels, List.copyOf(notes));
    }

    /** The classes that tables name, by path. */
    private static Map<String, String> named(FolderScan scan) {
        Map<String, String> named = new HashMap<>();
        scan.tables()
                .forEach((folder, table) -> ImageTable.rows(table).forEach((path, row) -> {
                    String label = ImageTable.label(row);
                    if (label != null) {
                        named.put(folder + path, label);
                    }
                }));
        return named;
    }

    private static List<@Nullable String> folders(FolderScan scan, List<String> notes) {
        List<@Nullable String> labels = new ArrayList<>();
        List<FolderScan.Found> loose =
                scan.images().stream().filter(file -> file.topFolder() == null).toList();
        int within = scan.images().size() - loose.size();
        boolean stray = !loose.isEmpty() && within > 1 && loose.size() <= Math.max(1, STRAY * within);
        if (stray) {
            notes.add(loose.size() + (loose.size() == 1 ? " image lies" : " images lie")
                    + " beside the class folders, without a class; the first is "
                    + loose.get(0).relative());
        }
        boolean labelled = loose.isEmpty() || stray;
        scan.images().forEach(file -> labels.add(labelled ? file.topFolder() : null));
        return labels;
    }

    /** One image file as a folder of one, unlabelled. */
    static ImageFolder ofOne(Path file, ImageReading reading) {
        Path absolute = file.toAbsolutePath();
        Path parent = absolute.getParent();
        try {
            FolderScan.Found found = new FolderScan.Found(String.valueOf(absolute.getFileName()), Files.size(absolute));
            return new ImageFolder(
                    parent == null ? absolute : parent,
                    reading,
                    List.of(found),
                    new ImageLabelTexts(List.of(), new int[] {-1}),
                    List.of());
        } catch (IOException e) {
            throw new UserException("cannot read " + file + ": " + FileFailure.reason(e), e);
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
        return labels.classes();
    }

    @Override
    public int label(int index) {
        return labels.labels()[index];
    }

    @Override
    public String name(int index) {
        return path(index).toString();
    }

    @Override
    public RgbImage read(int index) throws IOException {
        return ImageDecoder.decode(file(index), reading);
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
    public List<String> notes() {
        return notes;
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
