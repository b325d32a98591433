package org.data2vec4j.embed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;
import org.data2vec4j.core.Rng;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetVectorFileTest {
    @TempDir
    Path folder;

    @Test
    void readsBackExactlyWhatWasWritten() throws Exception {
        Path file = folder.resolve("vectors.parquet");
        List<float[]> vectors = new ArrayList<>();
        Rng rng = Rng.of(5);
        for (int i = 0; i < 3000; i++) { // more than a page
            float[] vector = new float[64];
            for (int d = 0; d < vector.length; d++) {
                vector[d] = (float) rng.nextGaussian();
            }
            vectors.add(vector);
        }
        vectors.get(1)[0] = Float.NaN;
        vectors.get(1)[1] = Float.NEGATIVE_INFINITY;
        vectors.get(1)[2] = -0f;
        try (ParquetVectorFile sink = new ParquetVectorFile(file)) {
            for (int i = 0; i < vectors.size(); i++) {
                sink.add("é\n" + i, vectors.get(i));
            }
            assertThat(file).doesNotExist();
            sink.finish();
        }
        List<Group> rows = read(file);
        assertThat(rows).hasSize(3000);
        for (int i = 0; i < rows.size(); i++) {
            assertThat(rows.get(i).getString("name", 0)).isEqualTo("é\n" + i);
            assertThat(vector(rows.get(i))).as("row " + i).isEqualTo(vectors.get(i));
        }
        assertThat(folder).isDirectoryContaining(path -> path.equals(file));
        assertThat(folder.toFile().list()).hasSize(1);
    }

    @Test
    void whatIsNotFinishedLeavesNothing() {
        try (ParquetVectorFile sink = new ParquetVectorFile(folder.resolve("vectors.parquet"))) {
            sink.add("a", new float[] {1});
        }
        assertThat(folder.toFile().list()).isEmpty();
    }

    private static float[] vector(Group row) {
        Group list = row.getGroup("vector", 0);
        float[] vector = new float[list.getFieldRepetitionCount(0)];
        for (int d = 0; d < vector.length; d++) {
            vector[d] = list.getGroup(0, d).getFloat(0, 0);
        }
        return vector;
    }

    private static List<Group> read(Path file) throws IOException {
        List<Group> rows = new ArrayList<>();
        try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file))) {
            MessageType schema = reader.getFileMetaData().getSchema();
            for (PageReadStore pages = reader.readNextRowGroup(); pages != null; pages = reader.readNextRowGroup()) {
                RecordReader<Group> records = new ColumnIOFactory()
                        .getColumnIO(schema)
                        .getRecordReader(pages, new GroupRecordConverter(schema));
                for (long i = 0; i < pages.getRowCount(); i++) {
                    rows.add(records.read());
                }
            }
        }
        return rows;
    }
}
