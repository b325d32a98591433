package org.data2vec4j.core;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a failed operation on a file means for the user, as a clause without the file's name: {@code it does not exist}. */
public final class FileFailure {
    private static final String PERMISSION =
            "there is no permission; change its mode or owner, or choose another place";

    /** Phrases of operating systems, in lower case, and what they mean. */
    private static final List<Map.Entry<String, String>> PHRASES = List.of(
            Map.entry("no space left", "the disk is full; free some space or choose another place"),
            Map.entry("not enough space", "the disk is full; free some space or choose another place"),
            Map.entry("quota exceeded", "the disk quota is used up; free some space or choose another place"),
            Map.entry("read-only file system", "its file system is read-only; choose another place"),
            Map.entry(
                    "too many open files", "too many files are open; raise the limit, for example with ulimit -n 4096"),
            Map.entry("permission denied", PERMISSION),
            Map.entry("operation not permitted", PERMISSION),
            Map.entry("not a directory", "a part of its path is a file, not a folder"),
            Map.entry("is a directory", "it is a folder, not a file"),
            Map.entry("file name too long", "its name is longer than the file system allows"),
            Map.entry("no such file", "it does not exist"));

    private FileFailure() {}

    /** The reason, as a clause. */
    public static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "it does not exist";
        }
        if (e instanceof AccessDeniedException) {
            return PERMISSION;
        }
        if (e instanceof NotDirectoryException) {
            return "it is not a folder";
        }
        if (e instanceof FileAlreadyExistsException) {
            return "there is a file of this name already";
        }
        if (e instanceof CharacterCodingException) {
            return "it is not UTF-8 text";
        }
        String said = said(e);
        String lower = said.toLowerCase(Locale.ROOT);
        for (Map.Entry<String, String> phrase : PHRASES) {
            if (lower.contains(phrase.getKey())) {
                return phrase.getValue();
            }
        }
        return e instanceof FileNotFoundException ? "it does not exist" : said;
    }

    /**
     * The reason for which a file cannot be written. A file that does not exist then means that its folder does not.
     *
     * @param target the file
     */
    public static String writing(Path target, IOException e) {
        Path folder = target.toAbsolutePath().getParent();
        boolean missing = e instanceof NoSuchFileException
                && folder != null
                && !folder.toFile().isDirectory();
        return missing ? "its folder " + folder + " does not exist; create it first" : reason(e);
    }

    /** An error for words that are no path on this system, or in this system's locale. */
    public static UserException noPath(String words, InvalidPathException e) {
        return new UserException("'" + words + "' is not a path: " + e.getReason() + localeAdvice(), e);
    }

    /**
     * Refuses a file whose name this Java process cannot write, because it was started without a UTF-8 locale.
     *
     * @throws UserException that says what to do
     */
    public static void checkName(Path file) {
        if (localeAdvice().isEmpty()) {
            return;
        }
        String name = file.toString();
        boolean kept;
        try {
            kept = file.getFileSystem().getPath(name).equals(file);
        } catch (InvalidPathException e) {
            kept = false;
        }
        if (!kept) {
            throw new UserException("the file name " + name + " has characters that Java cannot read" + localeAdvice());
        }
    }

    /** What to do about names that are not ASCII; empty if this process reads all names. */
    public static String localeAdvice() {
        @Nullable String encoding = System.getProperty("sun.jnu.encoding");
        boolean all = encoding == null
                || encoding.toUpperCase(Locale.ROOT).replace("-", "").equals("UTF8");
        return all
                ? ""
                : ": the locale in which Java was started has the encoding " + encoding
                        + "; start it with LC_ALL=C.UTF-8 or another UTF-8 locale";
    }

    private static String said(IOException e) {
        String reason = e instanceof FileSystemException system ? system.getReason() : null;
        String message = reason == null ? e.getMessage() : reason;
        return (message == null ? e.getClass().getSimpleName() : message).replaceAll("\\s*\\R\\s*", " ");
    }
}
