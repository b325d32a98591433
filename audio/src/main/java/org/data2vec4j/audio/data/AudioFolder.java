package org.data2vec4j.audio.data;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.data2vec4j.audio.data.decode.AudioDecoder;
import org.data2vec4j.core.UserException;

/** Lists the recordings of a folder and all folders in it, ordered by relative path. Hidden files and folders are passed over. */
final class AudioFolder extends SimpleFileVisitor<Path> {
    private final Path root;
    private final List<AudioEntry> entries = new ArrayList<>();
    private final Map<String, String> texts = new LinkedHashMap<>();
    private int others;

    private AudioFolder(Path root) {
        this.root = root;
    }

    static AudioListing list(Path root) {
        AudioFolder folder = new AudioFolder(root);
        try {
            Files.walkFileTree(root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, folder);
        } catch (IOException e) {
            throw new UserException("the folder " + root + " cannot be read: " + e, e);
        }
        if (folder.entries.isEmpty()) {
            throw new UserException("the folder " + root + " has no recordings: found " + folder.others
                    + " other files; allowed are the extensions "
                    + String.join(
                            ", ", AudioDecoder.EXTENSIONS.stream().sorted().toList()) + ", or tar shards");
        }
        folder.entries.sort(Comparator.comparing(AudioEntry::key));
        return new AudioListing(folder.entries, folder.texts, List.of());
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
        boolean hidden =
                !folder.equals(root) && String.valueOf(folder.getFileName()).startsWith(".");
        return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        String name = String.valueOf(file.getFileName());
        if (name.startsWith(".") || !attributes.isRegularFile()) {
            return FileVisitResult.CONTINUE;
        }
        String key =
                root.relativize(file).toString().replace(file.getFileSystem().getSeparator(), "/");
        if (AudioDecoder.isAudio(name)) {
            entries.add(new AudioEntry(file.toString(), key, new AudioBytes.InFile(file), attributes.size()));
        } else if (AudioListing.isText(key) && attributes.size() <= AudioListing.LONGEST_TEXT) {
            try {
                texts.put(key, Files.readString(file));
            } catch (CharacterCodingException e) {
                others++; // not UTF-8: not a transcript
            }
        } else {
            others++;
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
}
