package org.data2vec4j.spark;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.util.SerializableConfiguration;
import org.data2vec4j.Data2Vec;
import org.data2vec4j.VectorBatch;
import org.data2vec4j.WeightsChoice;
import org.data2vec4j.core.UserException;
import org.jspecify.annotations.Nullable;

/** The rows of a partition with their vectors, a batch at a time. */
final class PartitionEmbedding implements MapPartitionsFunction<Row, Row> {
    private final String run;
    private final WeightsChoice weights;
    private final int column;
    private final SerializableConfiguration files;

    PartitionEmbedding(String run, WeightsChoice weights, int column, SerializableConfiguration files) {
        this.run = run;
        this.weights = weights;
        this.column = column;
        this.files = files;
    }

    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
        return rows.hasNext()
                ? new Rows(rows, Models.of(run, weights, TaskContext.get().cpus()))
                : rows;
    }

    private final class Rows implements Iterator<Row> {
        private final Iterator<Row> rows;
        private final VectorBatch batch;
        private final Queue<Row> ready = new ArrayDeque<>();

        Rows(Iterator<Row> rows, Data2Vec model) {
            this.rows = rows;
            this.batch = model.batch();
        }

        @Override
        public boolean hasNext() {
            if (ready.isEmpty()) {
                fill();
            }
            return !ready.isEmpty();
        }

        @Override
        public Row next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return ready.remove();
        }

        private void fill() {
            List<Row> taken = new ArrayList<>();
            List<@Nullable String> reasons = new ArrayList<>();
            while (!batch.full() && rows.hasNext()) {
                Row row = rows.next();
                taken.add(row);
                reasons.add(refused(row));
            }
            float[][] vectors = batch.vectors();
            int at = 0;
            for (int i = 0; i < taken.size(); i++) {
                String reason = reasons.get(i);
                ready.add(longer(taken.get(i), reason == null ? vectors[at++] : null, reason));
            }
        }

        /** Why the row's value cannot be used; null if it was added. */
        private @Nullable String refused(Row row) {
            if (row.isNullAt(column)) {
                return "the value is null";
            }
            try {
                if (row.get(column) instanceof byte[] bytes) {
                    batch.add(bytes);
                } else if (batch.takesText()) {
                    batch.add(row.getString(column));
                } else {
                    batch.add(read(row.getString(column)));
                }
                return null;
            } catch (UserException e) {
                return e.getMessage();
            } catch (IOException e) {
                return e.getMessage() == null ? e.toString() : e.getMessage();
            }
        }
    }

    private byte[] read(String name) throws IOException {
        try {
            Path path = new Path(name);
            try (FSDataInputStream in = path.getFileSystem(files.value()).open(path)) {
                return in.readAllBytes();
            }
        } catch (IllegalArgumentException e) {
            throw new IOException("not a path: " + e.getMessage(), e);
        }
    }

    private static Row longer(Row row, float @Nullable [] vector, @Nullable String reason) {
        Object[] values = new Object[row.size() + 2];
        for (int i = 0; i < row.size(); i++) {
            values[i] = row.get(i);
        }
        values[row.size()] = vector;
        values[row.size() + 1] = reason;
        return RowFactory.create(values);
    }
}
