package org.data2vec4j.index;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.data2vec4j.core.UserException;
import org.jspecify.annotations.Nullable;

/** Which samples an index has, by row, name and number: what its journal says when all changes have been made in order. */
final class IndexContent implements IndexJournal.Reader {
    /** A sample and where its parts are. */
    record Entry(IndexedSample sample, int row, int vectorChecksum, long pictureAt, int pictureBytes) {}

    private final List<Entry> rows = new ArrayList<>(); // by row, those that are gone too
    private final BitSet alive = new BitSet();
    private final Map<String, Entry> byName = new HashMap<>();
    private final Map<Long, Entry> byId = new HashMap<>();
    private long picturesEnd;
    private long nextId;

    @Override
    public void added(IndexedSample sample, int row, int vectorChecksum, long pictureAt, int pictureBytes) {
        Entry entry = new Entry(sample, row, vectorChecksum, pictureAt, pictureBytes);
        if (row != rows.size()) {
            throw new UserException("the journal of the index puts " + sample.name() + " into row " + row
                    + " instead of " + rows.size() + "; build the index again");
        }
        Entry replaced = byName.get(sample.name());
        if (replaced != null) {
            removed(replaced.sample().id());
        }
        rows.add(entry);
        alive.set(row);
        byName.put(sample.name(), entry);
        byId.put(sample.id(), entry);
        picturesEnd = Math.max(picturesEnd, pictureAt + pictureBytes);
        nextId = Math.max(nextId, sample.id() + 1);
    }

    @Override
    public void removed(long id) {
        Entry entry = byId.remove(id);
        if (entry != null) {
            alive.clear(entry.row());
            byName.remove(entry.sample().name(), entry);
        }
    }

    /** Rows of the vector file, those of removed samples too. */
    int rows() {
        return rows.size();
    }

    /** How many samples there are. */
    int size() {
        return byId.size();
    }

    BitSet alive() {
        return alive;
    }

    long picturesEnd() {
        return picturesEnd;
    }

    long nextId() {
        return nextId;
    }

    Entry row(int row) {
        return rows.get(row);
    }

    @Nullable
    Entry named(String name) {
        return byName.get(name);
    }

    @Nullable
    Entry numbered(long id) {
        return byId.get(id);
    }

    /** The samples, in the order in which they were added. */
    List<IndexedSample> samples() {
        return alive.stream().mapToObj(row -> rows.get(row).sample()).toList();
    }
}
