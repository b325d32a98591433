package org.data2vec4j.tensor.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.data2vec4j.core.Rng;
import org.data2vec4j.core.UserException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafeTensorsRoundTripTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("weights.safetensors");
    }

    @Test
    void bytesAreTheFormats() throws IOException {
        List<TensorSpec> specs = List.of(
                new TensorSpec("b", StorageType.F32, new long[] {2}),
                new TensorSpec("a", StorageType.U8, new long[] {1, 3}));
        try (SafeTensorsWriter writer = new SafeTensorsWriter(file, Map.of("format", "pt"), specs)) {
            writer.write("b", littleEndian(8).putFloat(1).putFloat(-2).flip());
            writer.write("a", ByteBuffer.wrap(new byte[] {7, 8, 9}));
        }
        String json = "{\"__metadata__\":{\"format\":\"pt\"},"
                + "\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
                + "\"a\":{\"dtype\":\"U8\",\"shape\":[1,3],\"data_offsets\":[8,11]}}";
        String padded = json + " ".repeat((8 - json.length() % 8) % 8);
        byte[] expected = new byte[8 + padded.length() + 11];
        ByteBuffer.wrap(expected)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(padded.length())
                .put(padded.getBytes(StandardCharsets.UTF_8))
                .putFloat(1)
                .putFloat(-2)
                .put(new byte[] {7, 8, 9});
        assertThat(Files.readAllBytes(file)).isEqualTo(expected);
    }

    @Test
    void everyTypeAndShapeComesBackBitForBit() {
        Rng rng = Rng.of(2);
        List<TensorSpec> specs = new ArrayList<>();
        for (StorageType type : StorageType.values()) {
            specs.add(new TensorSpec("x." + type, type, new long[] {3, rng.nextInt(5), 2}));
            specs.add(new TensorSpec("scalar." + type, type, new long[0]));
            specs.add(new TensorSpec("empty \"é\"\n" + type, type, new long[] {0, 4}));
        }
        byte[][] contents = new byte[specs.size()][];
        Map<String, String> metadata = Map.of("step", "12", "ключ", "\"quoted\"");
        try (SafeTensorsWriter writer = new SafeTensorsWriter(file, metadata, specs)) {
            for (int i = 0; i < contents.length; i++) {
                contents[i] = new byte[(int) specs.get(i).bytes()];
                for (int j = 0; j < contents[i].length; j++) {
                    contents[i][j] = (byte) rng.nextLong();
                }
                ByteBuffer all = ByteBuffer.wrap(contents[i]);
                int cut = rng.nextInt(all.limit() + 1);
                writer.write(specs.get(i).name(), all.limit(cut));
                writer.write(specs.get(i).name(), all.limit(contents[i].length));
            }
        }
        try (SafeTensorsFile read = SafeTensorsFile.open(file)) {
            assertThat(read.metadata()).isEqualTo(metadata);
            assertThat(read.names()).isSorted().hasSize(specs.size());
            for (int i = 0; i < contents.length; i++) {
                TensorEntry entry = read.entry(specs.get(i).name());
                assertThat(entry.spec()).isEqualTo(specs.get(i)).isEqualTo(read.spec(entry.name()));
                assertThat(entry.data()).isEqualTo(ByteBuffer.wrap(contents[i]));
                assertThat(entry.data().order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
                assertThat(entry.data().isReadOnly()).isTrue();
            }
        }
    }

    @Test
    void anEmptyFileAndAnEntryOutlivingItsFile() {
        new SafeTensorsWriter(file, Map.of(), List.of()).close();
        try (SafeTensorsFile read = SafeTensorsFile.open(file)) {
            assertThat(read.names()).isEmpty();
            assertThat(read.metadata()).isEmpty();
        }
        writeOne(new byte[] {1, 2});
        TensorEntry entry;
        try (SafeTensorsFile read = SafeTensorsFile.open(file)) {
            entry = read.entry("x");
            assertThatThrownBy(() -> read.entry("y"))
                    .isInstanceOf(UserException.class)
                    .hasMessage(file + ": no tensor 'y' among its 1");
        }
        assertThat(entry.data().get(1)).isEqualTo((byte) 2);
    }

    @Test
    void anIncompleteFileNeverReplacesTheOldOne() throws IOException {
        writeOne(new byte[] {1, 2});
        SafeTensorsWriter half =
                new SafeTensorsWriter(file, Map.of(), List.of(new TensorSpec("x", StorageType.U8, new long[] {2})));
        half.write("x", ByteBuffer.allocate(1));
        assertThatThrownBy(half::close)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageEndingWith("x U8[2] got 1 of 2 bytes");
        half.close();
        assertOnlyTheOldFile();
    }

    @Test
    void aFailedWriteNeverReplacesTheOldOne() throws IOException {
        writeOne(new byte[] {1, 2});
        SafeTensorsWriter bad =
                new SafeTensorsWriter(file, Map.of(), List.of(new TensorSpec("x", StorageType.U8, new long[] {2})));
        assertThatThrownBy(() -> bad.write("y", ByteBuffer.allocate(1))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> bad.write("x", ByteBuffer.allocate(3))).isInstanceOf(IllegalStateException.class);
        bad.write("x", ByteBuffer.allocate(2));
        assertThatThrownBy(() -> bad.write("x", ByteBuffer.allocate(1))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(bad::close).isInstanceOf(IllegalStateException.class);
        assertOnlyTheOldFile();
    }

    @Test
    void declarationsAreChecked() {
        TensorSpec spec = new TensorSpec("x", StorageType.U8, new long[] {2});
        assertThatThrownBy(() -> new SafeTensorsWriter(file, Map.of(), List.of(spec, spec)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SafeTensorsWriter(folder.resolve("no/such"), Map.of(), List.of(spec)))
                .isInstanceOf(UserException.class);
        assertThatThrownBy(() -> new TensorSpec("__metadata__", StorageType.U8, new long[0]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TensorSpec("x", StorageType.F64, new long[] {1L << 40, 1L << 40}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(folder).isEmptyDirectory();
    }

    private void writeOne(byte[] bytes) {
        TensorSpec spec = new TensorSpec("x", StorageType.U8, new long[] {bytes.length});
        try (SafeTensorsWriter writer = new SafeTensorsWriter(file, Map.of(), List.of(spec))) {
            writer.write("x", ByteBuffer.wrap(bytes));
        }
    }

    private void assertOnlyTheOldFile() throws IOException {
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
        try (SafeTensorsFile read = SafeTensorsFile.open(file)) {
            assertThat(read.entry("x").data()).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2}));
        }
    }

    private static ByteBuffer littleEndian(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
