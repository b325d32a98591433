package org.data2vec4j.audio.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.data2vec4j.core.UserException;
import org.data2vec4j.data.text.Delimited;
import org.data2vec4j.data.text.TableReader;
import org.data2vec4j.data.text.TableRow;
import org.jspecify.annotations.Nullable;

/**
 * Lists the recordings of a table: our own JSON lines, those of NeMo and lhotse (recordings and cuts), Common Voice's {@code .tsv}, the
 * {@code metadata.csv} of audio folders, LJSpeech's, and others whose columns have one of the names below.
 *
 * <p>A column names the file, from the table's folder, or from {@code clips} or {@code wavs} in it. Others may give text, class and
 * speaker, and {@code offset} and {@code duration} in seconds of a piece of the file.
 */
final class AudioTable {
    /** The columns that name a file. */
    static final List<String> FILE = List.of(
            "audio",
            "audio_filepath",
            "audio_path",
            "audio.path",
            "file_name",
            "filename",
            "path",
            "file",
            "wav",
            "wav_path",
            "recording.sources.0.source",
            "sources.0.source");

    static final List<String> TEXT = List.of(
            "text", "sentence", "transcript", "transcription", "normalized_text", "raw_text", "supervisions.0.text");
    static final List<String> LABEL = List.of("label", "class", "category");
    static final List<String> SPEAKER = List.of("speaker", "speaker_id", "client_id", "supervisions.0.speaker");
    private static final List<String> START = List.of("offset", "start");
    private static final List<String> SECONDS = List.of("duration");
    private static final List<String> FOLDERS = List.of("", "clips", "wavs");
    private static final List<String> ENDINGS = List.of("", ".wav", ".flac", ".mp3");

    private final Path file;
    private final ListedFiles files;
    private final Path folder;
    private final List<AudioEntry> entries = new ArrayList<>();

    private AudioTable(Path file) {
        this.file = file;
        this.files = new ListedFiles(file);
        Path parent = file.toAbsolutePath().getParent();
        this.folder = parent == null ? Path.of("") : parent;
    }

    /** Whether a file is such a table, and not a fairseq manifest, whose first line is a folder. */
    static boolean isTable(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        if (!name.endsWith(".tsv")) {
            return TableReader.isTable(name);
        }
        List<String> header = TableReader.header(file);
        return header.size() > 1 && header.stream().anyMatch(FILE::contains);
    }

    /** The recordings that a table lists. */
    static AudioListing list(Path file) {
        AudioTable table = new AudioTable(file);
        if (isLjSpeech(file)) {
            table.ljSpeech();
        } else {
            table.rows();
        }
        return new AudioListing(table.entries, Map.of(), table.files.notes(table.entries.size()));
    }

    /** What a {@code metadata} file in a folder says of recordings, by their path from there; empty if it names no files. */
    static Map<String, TableRow> metadata(Path file) {
        Map<String, TableRow> rows = new LinkedHashMap<>();
        for (TableRow row : isLjSpeech(file) ? ljSpeechRows(file) : TableReader.rows(file)) {
            String path = row.first(FILE);
            if (path != null) {
                rows.put(path.replace('\\', '/').replaceFirst("^\\./", ""), row);
            }
        }
        return rows;
    }

    /** An entry with what a row says of it. */
    static AudioEntry described(AudioEntry entry, TableRow row) {
        return entry.withTranscript(row.first(TEXT)).withClass(row.first(LABEL)).withSpeaker(row.first(SPEAKER));
    }

    private void rows() {
        Map<String, List<TableRow>> supervisions = supervisions();
        try (TableReader reader = TableReader.open(file)) {
            for (TableRow row = reader.next(); row != null; row = reader.next()) {
                List<TableRow> spoken = supervisions.getOrDefault(row.values().getOrDefault("id", ""), List.of());
                if (spoken.isEmpty()) {
                    add(row, row);
                } else {
                    for (TableRow piece : spoken) {
                        add(row, piece);
                    }
                }
            }
        }
    }

    private void add(TableRow row, TableRow told) {
        String path = row.first(FILE);
        if (path == null) {
            throw new UserException(row.place() + " names no recording; expected one of the fields "
                    + String.join(", ", FILE.subList(0, 8)) + ", found "
                    + String.join(", ", row.values().keySet()));
        }
        AudioEntry entry = find(path, place(row));
        if (entry != null) {
            Segment segment = Segment.of(told, told.first(START), told.first(SECONDS));
            entries.add(described(segment == null ? entry : entry.withSegment(segment), told));
        }
    }

    private static String place(TableRow row) {
        int line = row.place().indexOf(", line ");
        return line < 0 ? row.place() : row.place().substring(line + 2);
    }

    private @Nullable AudioEntry find(String path, String place) {
        List<Path> candidates = new ArrayList<>();
        for (String ending : ENDINGS) {
            for (String within : FOLDERS) {
                candidates.add(folder.resolve(within));
            }
            AudioEntry found = files.first(candidates, path + ending);
            if (found != null) {
                return found;
            }
        }
        files.miss(path, place);
        return null;
    }

    /** The lines of a lhotse file of supervisions beside one of recordings, by recording; empty if there is none. */
    private Map<String, List<TableRow>> supervisions() {
        String name = String.valueOf(file.getFileName());
        Path beside = file.resolveSibling(name.replace("recordings", "supervisions"));
        if (!name.contains("recordings") || !Files.isRegularFile(beside)) {
            return Map.of();
        }
        Map<String, List<TableRow>> found = new HashMap<>();
        for (TableRow row : TableReader.rows(beside)) {
            found.computeIfAbsent(row.values().getOrDefault("recording_id", ""), id -> new ArrayList<>())
                    .add(row);
        }
        return found;
    }

    private static boolean isLjSpeech(Path file) {
        if (!String.valueOf(file.getFileName()).equals("metadata.csv")) {
            return false;
        }
        try (Delimited cells = Delimited.open(file, '|')) {
            List<String> first = cells.next();
            return first != null && first.size() >= 2 && first.size() <= 3 && !FILE.contains(first.get(0));
        }
    }

    private void ljSpeech() {
        for (TableRow row : ljSpeechRows(file)) {
            AudioEntry entry = find(row.values().getOrDefault("path", ""), place(row));
            if (entry != null) {
                entries.add(described(entry, row));
            }
        }
    }

    /** {@code ID|TEXT|NORMALIZED TEXT}, without a header; the last is the one that is read aloud, numbers as words. */
    private static List<TableRow> ljSpeechRows(Path file) {
        List<TableRow> rows = new ArrayList<>();
        try (Delimited cells = Delimited.open(file, '|')) {
            for (List<String> row = cells.next(); row != null; row = cells.next()) {
                String text = row.get(row.size() - 1);
                rows.add(new TableRow(Map.of("path", row.get(0), "text", text), cells.place()));
            }
        }
        return rows;
    }
}
