package org.data2vec4j.tensor.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.data2vec4j.core.Rng;
import org.data2vec4j.core.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafeTensorsStrictnessTest {
    @TempDir
    Path folder;

    /** Headers over two bytes of data, and what is wrong with each; apostrophes stand for quotation marks. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[]| does not start with '{'",
                "{| not valid JSON",
                "{'a':1} x| not valid JSON",
                "{'a':{'dtype':'U8','shape':[1],'data_offsets':[0,1]},'a':{'dtype':'U8','shape':[1],'data_offsets':[1,2]}}"
                        + "| not valid JSON",
                "{'a':{'dtype':'U8','dtype':'U8','shape':[2],'data_offsets':[0,2]}}| not valid JSON",
                "{'a':1}| tensor 'a': its entry is not an object",
                "{'a':{'shape':[2],'data_offsets':[0,2]}}| tensor 'a': dtype is missing or not a string",
                "{'a':{'dtype':'F8_E4M3','shape':[2],'data_offsets':[0,2]}}"
                        + "| tensor 'a': dtype 'F8_E4M3' is not supported; allowed: [F64, F32,",
                "{'a':{'dtype':'U8','data_offsets':[0,2]}}| tensor 'a': shape is missing or not a list",
                "{'a':{'dtype':'U8','shape':[-2],'data_offsets':[0,2]}}| tensor 'a': shape holds '-2'",
                "{'a':{'dtype':'U8','shape':[2.0],'data_offsets':[0,2]}}| tensor 'a': shape holds '2.0'",
                "{'a':{'dtype':'U8','shape':['2'],'data_offsets':[0,2]}}| tensor 'a': shape holds",
                "{'a':{'dtype':'U8','shape':[99999999999999999999],'data_offsets':[0,2]}}| tensor 'a': shape holds",
                "{'a':{'dtype':'F64','shape':[4611686018427387904,4],'data_offsets':[0,2]}}| is too large",
                "{'a':{'dtype':'U8','shape':[2]}}| tensor 'a': data_offsets is missing or not a list",
                "{'a':{'dtype':'U8','shape':[2],'data_offsets':[0,1,2]}}| data_offsets has 3 numbers; allowed: 2",
                "{'a':{'dtype':'U8','shape':[2],'data_offsets':[2,0]}}| data_offsets span -2 bytes",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,2]}}"
                        + "| tensor 'a': data_offsets span 2 bytes; its type and shape need 8",
                "{'a':{'dtype':'U8','shape':[2],'data_offsets':[0,2],'x':1}}| tensor 'a': unknown key 'x'",
                "{'a':{'dtype':'U8','shape':[1],'data_offsets':[1,2]}}"
                        + "| tensor 'a': begins at byte 1 of the data; expected 0 (hole)",
                "{'a':{'dtype':'U8','shape':[2],'data_offsets':[0,2]},'b':{'dtype':'U8','shape':[1],'data_offsets':[1,2]}}"
                        + "| tensor 'b': begins at byte 1 of the data; expected 2 (overlap)",
                "{'a':{'dtype':'U8','shape':[3],'data_offsets':[0,3]}}"
                        + "| truncated: the tensors up to 'a' need 3 bytes of data; found 2",
                "{'a':{'dtype':'U8','shape':[1],'data_offsets':[0,1]}}| 1 bytes follow the last tensor; expected none",
                "{'__metadata__':[],'a':{'dtype':'U8','shape':[2],'data_offsets':[0,2]}}| __metadata__ is not an object",
                "{'__metadata__':{'x':1},'a':{'dtype':'U8','shape':[2],'data_offsets':[0,2]}}"
                        + "| __metadata__ value of 'x' is not a string",
            })
    void brokenHeadersAreNamed(String header, String problem) throws IOException {
        Path file = file(header.replace('\'', '"').getBytes(StandardCharsets.UTF_8), 2);
        assertThatThrownBy(() -> SafeTensorsFile.open(file))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith(file + ": ")
                .hasMessageContaining(problem.strip())
                .hasMessageNotContaining("\n");
    }

    @Test
    void paddingAndForeignOrderAreAllowed() throws IOException {
        String header = "{\"b\":{\"data_offsets\":[1,2],\"shape\":[],\"dtype\":\"BOOL\"},"
                + "\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]},"
                + "\"none\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[1,1]}}   ";
        try (SafeTensorsFile read = SafeTensorsFile.open(file(header.getBytes(StandardCharsets.UTF_8), 2))) {
            assertThat(read.names()).containsExactly("a", "b", "none");
            assertThat(read.has("c")).isFalse();
        }
    }

    @Test
    void otherFilesAreRefused() throws IOException {
        assertThatThrownBy(() -> SafeTensorsFile.open(folder.resolve("none")))
                .isInstanceOf(UserException.class)
                .hasMessageEndingWith("none: no such file");
        assertThatThrownBy(() -> SafeTensorsFile.open(folder)).hasMessageEndingWith("not a file");
        Path zip = Files.writeString(folder.resolve("model.pt"), "PK\u0003\u0004 and much more than a header");
        assertThatThrownBy(() -> SafeTensorsFile.open(zip))
                .isInstanceOf(UserException.class)
                .hasMessageEndingWith("allowed: up to 100000000; not a safetensors file");
        assertThatThrownBy(() -> SafeTensorsFile.open(file(new byte[] {'{', (byte) 0xFF, '}'}, 0)))
                .hasMessageEndingWith("the header is not UTF-8 text");
        assertThatThrownBy(() -> SafeTensorsFile.open(file(new byte[] {' ', '{', '}'}, 0)))
                .hasMessageContaining("does not start with '{'");
        byte[] deep = "{\"a\":".repeat(100_000).getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> SafeTensorsFile.open(file(deep, 0))).isInstanceOf(UserException.class);
    }

    @Test
    void everyTruncationIsNoticed() throws IOException {
        Path file = sample();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (long length = channel.size() - 1; length >= 0; length--) {
                channel.truncate(length);
                assertThatThrownBy(() -> SafeTensorsFile.open(file))
                        .as("cut to %d bytes", length)
                        .isInstanceOf(UserException.class)
                        .hasMessageContaining("truncated");
            }
        }
    }

    /** A flip may rename a tensor or regroup equal bytes, which no check can see; what parses must still be a whole file. */
    @Test
    void flippedHeadersAreRefusedOrStillWhole() throws IOException {
        byte[] whole = Files.readAllBytes(sample());
        int length = (int) ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getLong();
        int dataBytes = whole.length - 8 - length;
        byte[] header = Arrays.copyOfRange(whole, 8, 8 + length);
        Rng rng = Rng.of(77);
        int parsed = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] flipped = header.clone();
            for (int flips = 1 + rng.nextInt(2); flips > 0; flips--) {
                flipped[rng.nextInt(length)] ^= (byte) (1 << rng.nextInt(8));
            }
            try {
                Header read = Header.parse(ByteBuffer.wrap(flipped), dataBytes);
                parsed++;
                assertThat(read.tensors().values().stream()
                                .mapToLong(place -> place.spec().bytes())
                                .sum())
                        .isEqualTo(dataBytes);
            } catch (UserException e) {
                assertThat(e.getMessage().lines().count()).isEqualTo(1);
            }
        }
        assertThat(parsed).as("most flips break a header").isLessThan(10_000);
    }

    @Test
    void everyFlipInTheLengthIsRefused() throws IOException {
        byte[] whole = Files.readAllBytes(sample());
        for (int bit = 0; bit < 64; bit++) {
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << (bit % 8));
            Path file = Files.write(folder.resolve("flipped"), flipped);
            assertThatThrownBy(() -> SafeTensorsFile.open(file))
                    .as("bit %d", bit)
                    .isInstanceOf(UserException.class);
        }
    }

    private Path sample() {
        Path file = folder.resolve("sample.safetensors");
        List<TensorSpec> specs = List.of(
                new TensorSpec("encoder.weight", StorageType.F32, new long[] {2, 3}),
                new TensorSpec("step", StorageType.I64, new long[0]),
                new TensorSpec("none", StorageType.F16, new long[] {0}),
                new TensorSpec("mask", StorageType.BOOL, new long[] {3}));
        try (SafeTensorsWriter writer = new SafeTensorsWriter(file, Map.of("format", "pt"), specs)) {
            for (TensorSpec spec : specs) {
                writer.write(spec.name(), ByteBuffer.allocate((int) spec.bytes()));
            }
        }
        return file;
    }

    private Path file(byte[] header, int dataBytes) throws IOException {
        byte[] bytes = new byte[8 + header.length + dataBytes];
        ByteBuffer.wrap(bytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(header.length)
                .put(header);
        return Files.write(folder.resolve("hand-made"), bytes);
    }
}
