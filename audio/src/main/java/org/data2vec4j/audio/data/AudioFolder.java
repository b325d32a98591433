package org.data2vec4j.audio.data;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.data2vec4j.audio.data.decode.AudioDecoder;
import org.data2vec4j.core.FileFailure;
import org.data2vec4j.core.UserException;
import org.data2vec4j.data.PassedOver;
import org.data2vec4j.data.text.TableRow;
import org.data2vec4j.data.text.Utf8Lines;
import org.jspecify.annotations.Nullable;

/**
 * Lists the recordings of a folder and all folders in it, ordered by relative path. Hidden files and folders are passed over. What a
 * {@code metadata.csv}, {@code .tsv} or {@code .jsonl} in a folder says of files, as in Hugging Face's audio folders and LJSpeech, is
 * taken over.
 */
final class AudioFolder extends SimpleFileVisitor<Path> {
    private static final Set<String> METADATA = Set.of("metadata.csv", "metadata.tsv", "metadata.jsonl");

    private final Path root;
    private final List<AudioEntry> entries = new ArrayList<>();
    private final Map<String, String> texts = new LinkedHashMap<>();
    private final Map<String, Path> tables = new LinkedHashMap<>(); // by the folder's key, with a '/' at the end
    private final List<String> notUtf8 = new ArrayList<>();
    private final PassedOver others = new PassedOver();

    private AudioFolder(Path root) {
        this.root = root;
    }

    static AudioListing list(Path root) {
        AudioFolder folder = new AudioFolder(root);
        try {
            Files.walkFileTree(root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, folder);
        } catch (IOException e) {
            throw new UserException("the folder " + root + " cannot be read: " + FileFailure.reason(e), e);
        }
        if (folder.entries.isEmpty()) {
            throw new UserException("the folder " + root + " has no recordings: found " + folder.others.count()
                    + " other files; allowed are the extensions "
                    + String.join(
                            ", ", AudioDecoder.EXTENSIONS.stream().sorted().toList()) + ", or tar shards");
        }
        List<AudioEntry> described = folder.described();
        described.sort(Comparator.comparing(AudioEntry::key));
        return new AudioListing(described, folder.texts, folder.notes());
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
        FileFailure.checkName(folder);
        boolean hidden =
                !folder.equals(root) && String.valueOf(folder.getFileName()).startsWith(".");
        return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        FileFailure.checkName(file);
        String name = String.valueOf(file.getFileName());
        if (name.startsWith(".") || !attributes.isRegularFile()) {
            return FileVisitResult.CONTINUE;
        }
        String key =
                root.relativize(file).toString().replace(file.getFileSystem().getSeparator(), "/");
        if (AudioDecoder.isAudio(name)) {
            entries.add(new AudioEntry(file.toString(), key, new AudioBytes.InFile(file), attributes.size()));
        } else if (AudioListing.isText(key) && attributes.size() <= AudioListing.LONGEST_TEXT) {
            String text = Utf8Lines.text(Files.readAllBytes(file));
            if (text == null) {
                notUtf8.add(key);
            } else {
                texts.put(key, text);
            }
        } else if (METADATA.contains(name)) {
            tables.put(key.substring(0, key.length() - name.length()), file);
        } else {
            others.add(name);
        }
        return FileVisitResult.CONTINUE;
    }

    /** A link in a circle or to nowhere is not a recording; anything else unreadable is worth stopping for. */
    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
        if (e instanceof FileSystemLoopException || e instanceof NoSuchFileException) {
            return FileVisitResult.CONTINUE;
        }
        throw e;
    }

    private List<AudioEntry> described() {
        Map<String, TableRow> rows = new HashMap<>();
        tables.forEach(
                (folder, table) -> AudioTable.metadata(table).forEach((path, row) -> rows.put(folder + path, row)));
        List<AudioEntry> described = new ArrayList<>();
        for (AudioEntry entry : entries) {
            TableRow row = row(rows, entry);
            described.add(row == null ? entry : AudioTable.described(entry, row));
        }
        return described;
    }

    /** LJSpeech names recordings without extension, and not the folder {@code wavs} that they are in. */
    private static @Nullable TableRow row(Map<String, TableRow> rows, AudioEntry entry) {
        TableRow row = rows.get(entry.key());
        row = row == null ? rows.get(entry.stem()) : row;
        return row == null ? rows.get(entry.stem().replaceFirst("(^|/)wavs/([^/]*)$", "$1$2")) : row;
    }

    /** Texts that are not UTF-8 are said where they would be transcripts of recordings. */
    private List<String> notes() {
        List<String> notes = new ArrayList<>();
        Set<String> stems = new HashSet<>();
        entries.forEach(entry -> stems.add(entry.stem()));
        List<String> transcripts = notUtf8.stream()
                .filter(key -> !key.endsWith(".txt") || key.endsWith(".trans.txt") || stems.contains(stem(key)))
                .toList();
        notUtf8.stream().filter(key -> !transcripts.contains(key)).forEach(others::add);
        if (!transcripts.isEmpty()) {
            notes.add(transcripts.size() + (transcripts.size() == 1 ? " transcript is" : " transcripts are")
                    + " not UTF-8 and passed over; the first is " + root.resolve(transcripts.get(0))
                    + "; convert them, for example with iconv -f ISO-8859-1 -t UTF-8");
        }
        notes.addAll(others.notes(root));
        return notes;
    }

    private static String stem(String key) {
        return key.substring(0, key.lastIndexOf('.'));
    }
}
