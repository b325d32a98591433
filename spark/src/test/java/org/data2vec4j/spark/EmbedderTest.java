package org.data2vec4j.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.data2vec4j.Data2Vec;
import org.data2vec4j.Options;
import org.data2vec4j.WeightsChoice;
import org.data2vec4j.core.UserException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

@DisabledForJreRange(min = JRE.JAVA_24, disabledReason = Sparks.OLDER_JAVA)
class EmbedderTest {
    private static SparkSession spark;

    @TempDir
    static Path folder;

    private static Path pictures;
    private static Path recordings;
    private static Path texts;

    @BeforeAll
    static void trainModels() {
        spark = Sparks.threads(2);
        pictures = folder.resolve("pictures");
        recordings = folder.resolve("recordings");
        texts = folder.resolve("texts");
        SparkPretrainer alone = new SparkPretrainer(spark.sparkContext(), 1);
        alone.run("image-tiny", TinySettings.images(pictures, "train.updates=2"));
        alone.run("audio-tiny", TinySettings.recordings(recordings, "train.updates=2"));
        alone.run("text-tiny", TinySettings.texts(texts, "train.updates=2"));
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    private static Dataset<Row> frame(DataType type, Object... values) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            rows.add(RowFactory.create(i, values[i]));
        }
        StructType schema = new StructType().add("id", DataTypes.IntegerType).add("value", type);
        return spark.createDataFrame(rows, schema).repartitionByRange(2, functions.col("id"));
    }

    private static float[] vector(Row row) {
        return vector(row, "vector");
    }

    private static float[] vector(Row row, String column) {
        List<Float> numbers = row.getList(row.fieldIndex(column));
        float[] vector = new float[numbers.size()];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = numbers.get(i);
        }
        return vector;
    }

    private static String reason(Row row) {
        return row.getString(row.fieldIndex("reason"));
    }

    /** Bad rows among good ones, over two partitions and several batches of four. */
    @Test
    void bytesOfPicturesBecomeVectorsAndBadRowsReasons() throws Exception {
        Object[] values = new Object[13];
        for (int i = 0; i < values.length; i++) {
            values[i] = Pictures.png(i);
        }
        values[3] = "no picture".getBytes(StandardCharsets.UTF_8);
        values[7] = null;
        List<Row> rows = frame(DataTypes.BinaryType, values)
                .transform(new Embedder(pictures.toString(), "value"))
                .orderBy("id")
                .collectAsList();
        assertThat(rows).hasSize(13);
        try (Data2Vec model = Data2Vec.load(pictures)) {
            for (int i = 0; i < values.length; i++) {
                Row row = rows.get(i);
                assertThat(row.getInt(0)).isEqualTo(i);
                if (i == 3 || i == 7) {
                    assertThat(row.isNullAt(row.fieldIndex("vector"))).isTrue();
                    assertThat(reason(row))
                            .startsWith(i == 3 ? "not an image of a known format (" : "the value is null");
                } else {
                    Path file = Files.write(folder.resolve("one.png"), (byte[]) values[i]);
                    assertThat(vector(row)).containsExactly(model.embed(file), within(1e-5f));
                    assertThat(reason(row)).isNull();
                }
            }
        }
    }

    @Test
    void pathsAreReadByHadoopAndVectorsGoThroughParquet() throws Exception {
        Path file = Files.write(folder.resolve("a picture.png"), Pictures.png(1));
        Path parquet = folder.resolve("vectors.parquet");
        frame(DataTypes.StringType, file.toString(), file.toUri().toString().replace("%20", " "), folder + "/none.png")
                .transform(new Embedder(pictures.toString(), "value")
                        .withWeights("student")
                        .withColumns("v", "why"))
                .write()
                .parquet(parquet.toString());
        Dataset<Row> back = spark.read().parquet(parquet.toString());
        assertThat(back.schema().simpleString()).isEqualTo("struct<id:int,value:string,v:array<float>,why:string>");
        List<Row> rows = back.orderBy("id").collectAsList();
        try (Data2Vec model = Data2Vec.load(pictures, Options.weights(WeightsChoice.STUDENT))) {
            float[] alone = model.embed(file);
            for (Row row : rows.subList(0, 2)) { // the batches of partitions may differ in size
                assertThat(vector(row, "v")).containsExactly(alone, within(1e-5f));
            }
        }
        assertThat(rows.get(2).isNullAt(2)).isTrue();
        assertThat(rows.get(2).getString(3)).contains("none.png");
    }

    /** Padding in a batch changes nothing, and what is too short is told. */
    @Test
    void recordingsOfDifferentLengths() throws Exception {
        byte[][] files = {
            Wav.sine(16_000, 5_000),
            Wav.sine(8_000, 4_000),
            Wav.sine(16_000, 20),
            Wav.sine(16_000, 9_000),
            Wav.sine(16_000, 60_000)
        };
        List<Row> rows = frame(DataTypes.BinaryType, (Object[]) files)
                .transform(new Embedder(recordings.toString(), "value"))
                .orderBy("id")
                .collectAsList();
        try (Data2Vec model = Data2Vec.load(recordings)) {
            for (int i = 0; i < files.length; i++) {
                if (i == 2) {
                    assertThat(reason(rows.get(i))).startsWith("the recording has 20 samples at 16 kHz, and those of");
                } else {
                    Path file = Files.write(folder.resolve("one.wav"), files[i]);
                    assertThat(vector(rows.get(i))).containsExactly(model.embed(file), within(1e-5f));
                }
            }
        }
    }

    @Test
    void textsAreTextsAndNotPaths() {
        List<Row> rows = frame(DataTypes.StringType, "one text", "another, longer text", "")
                .transform(new Embedder(texts.toString(), "value"))
                .orderBy("id")
                .collectAsList();
        try (Data2Vec model = Data2Vec.load(texts)) {
            assertThat(vector(rows.get(0))).containsExactly(model.embed("one text"), within(1e-5f));
            assertThat(vector(rows.get(1))).containsExactly(model.embed("another, longer text"), within(1e-5f));
            assertThat(vector(rows.get(2))).hasSize(model.width());
        }
    }

    /** A run that executors do not see can be sent along. */
    @Test
    void aRunThatWasAddedIsFoundByItsName() throws Exception {
        spark.sparkContext().addFile(pictures.toString(), true);
        List<Row> rows = frame(DataTypes.BinaryType, (Object) Pictures.png(1))
                .transform(new Embedder("pictures", "value"))
                .collectAsList();
        assertThat(vector(rows.get(0))).hasSize(16);
    }

    @Test
    void whatDoesNotFitIsTold() throws Exception {
        Dataset<Row> frame = frame(DataTypes.BinaryType, (Object) Pictures.png(1));
        assertThatThrownBy(() -> frame.transform(new Embedder(pictures.toString(), "image")))
                .isInstanceOf(UserException.class)
                .hasMessage("the frame has no column 'image'; it has id, value");
        assertThatThrownBy(() -> frame.transform(new Embedder(pictures.toString(), "id")))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("holds int; allowed: binary");
        assertThatThrownBy(() -> frame.transform(new Embedder(pictures.toString(), "value").withColumns("id", "why")))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("has a column 'id' already");
        assertThatThrownBy(() -> frame.transform(new Embedder(folder + "/nowhere", "value"))
                        .collectAsList())
                .hasStackTraceContaining("UserException: " + folder + "/nowhere is not a run directory");
    }
}
