package org.data2vec4j.embed;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.data2vec4j.data.AtomicFile;
import org.data2vec4j.index.Hit;
import org.data2vec4j.index.IndexedSample;
import org.data2vec4j.index.VectorIndex;
import org.data2vec4j.report.ContactSheet;

/** Pages with pictures of an index's samples in groups. */
public final class ContactSheets {
    private final VectorIndex index;
    private final List<ContactSheet.Group> groups = new ArrayList<>();

    /** No groups yet. */
    public ContactSheets(VectorIndex index) {
        this.index = index;
    }

    /** Adds what a search found. */
    public void add(String title, List<Hit> hits) {
        groups.add(new ContactSheet.Group(
                title,
                hits.stream()
                        .map(hit -> tile(hit.sample(), String.format(Locale.ROOT, "%.4f", hit.score())))
                        .toList()));
    }

    /** Adds a group of samples, with a note on each. */
    public void add(String title, List<IndexedSample> samples, List<String> notes) {
        List<ContactSheet.Tile> tiles = new ArrayList<>();
        for (int i = 0; i < samples.size(); i++) {
            tiles.add(tile(samples.get(i), notes.get(i)));
        }
        groups.add(new ContactSheet.Group(title, tiles));
    }

    private ContactSheet.Tile tile(IndexedSample sample, String note) {
        String label = sample.label() == null ? "" : sample.label();
        return new ContactSheet.Tile(index.picture(sample), note, label, sample.words(), sample.name());
    }

    /** Writes the page. */
    public void write(Path file, String title) {
        byte[] page = new ContactSheet(title, groups).render().getBytes(StandardCharsets.UTF_8);
        AtomicFile.write(file, channel -> {
            ByteBuffer bytes = ByteBuffer.wrap(page);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        });
    }
}
