package org.data2vec4j.audio.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.data2vec4j.core.FileFailure;
import org.data2vec4j.core.UserException;
import org.data2vec4j.data.parquet.ParquetColumn;
import org.data2vec4j.data.parquet.ParquetFile;
import org.data2vec4j.data.parquet.ParquetSelection;
import org.jspecify.annotations.Nullable;

/**
 * Lists the recordings of Parquet files as the {@code datasets} library writes them: a column of bytes, or of bytes and paths, and
 * others for text, class and speaker.
 */
final class AudioParquet implements AutoCloseable {
    private static final List<String> USUAL = List.of("audio", "wav", "flac", "mp3", "speech", "recording");

    private final ParquetSelection selection;
    private final List<ParquetFile> files;

    AudioParquet(ParquetSelection selection) {
        this.selection = selection;
        this.files = selection.open();
    }

    AudioListing list() {
        List<AudioEntry> entries = new ArrayList<>();
        for (ParquetFile file : files) {
            String column = selection.bytes(file, "Audio", USUAL);
            ParquetColumn bytes = file.column(column);
            if (bytes == null) {
                throw new UserException(file.path() + " has no column " + column);
            }
            String label = selection.labels(file, AudioTable.LABEL);
            try {
                for (int row = 0; row < file.rows(); row++) {
                    String name = file.path().getFileName() + "!" + row;
                    entries.add(new AudioEntry(
                                    file.path() + "!" + row,
                                    name,
                                    new AudioBytes.InParquet(bytes, row),
                                    file.path().toFile().length())
                            .withTranscript(first(file, AudioTable.TEXT, row))
                            .withSpeaker(first(file, AudioTable.SPEAKER, row))
                            .withClass(
                                    label == null
                                            ? null
                                            : ParquetSelection.label(
                                                    first(file, List.of(label), row), file.classes(label))));
                }
            } catch (IOException e) {
                throw new UserException(file.path() + " cannot be read: " + FileFailure.reason(e), e);
            }
        }
        if (entries.isEmpty()) {
            throw new UserException(files.get(0).path() + " has no rows");
        }
        return new AudioListing(entries, Map.of(), List.of());
    }

    private static @Nullable String first(ParquetFile file, List<String> columns, int row) throws IOException {
        for (String name : columns) {
            ParquetColumn column = file.column(name);
            if (column != null) {
                return column.text(row);
            }
        }
        return null;
    }

    @Override
    public void close() {
        files.forEach(ParquetFile::close);
    }
}
