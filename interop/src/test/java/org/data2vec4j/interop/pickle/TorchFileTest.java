package org.data2vec4j.interop.pickle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.data2vec4j.core.UserException;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.Scope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TorchFileTest {
    @TempDir
    Path folder;

    /** {@code {'w': tensor(storage 0, FloatStorage of 6, offset, size, stride)}} in the text form of protocol 0 to 2. */
    private static byte[] tensorPickle(String offset, String sizes, String strides, String elements) {
        return ("\u0080\u0002}X\1\0\0\0wctorch._utils\n_rebuild_tensor_v2\n((X\7\0\0\0storagectorch\nFloatStorage\nX\1\0\0\0"
                        + "0X\3\0\0\0cpuI" + elements + "\ntQI" + offset + "\n(" + sizes + "t(" + strides
                        + "t\u0089ccollections\nOrderedDict\n)RtRs.")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] floats(float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            bytes.putFloat(value);
        }
        return bytes.array();
    }

    private Path zip(int method, Object... entries) throws IOException {
        Path path = folder.resolve("model.pt");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(path))) {
            for (int i = 0; i < entries.length; i += 2) {
                byte[] bytes = (byte[]) entries[i + 1];
                ZipEntry entry = new ZipEntry((String) entries[i]);
                entry.setMethod(method);
                if (method == ZipEntry.STORED) {
                    CRC32 crc = new CRC32();
                    crc.update(bytes);
                    entry.setSize(bytes.length);
                    entry.setCrc(crc.getValue());
                }
                zip.putNextEntry(entry);
                zip.write(bytes);
                zip.closeEntry();
            }
        }
        return path;
    }

    private Path model(byte[] pickle) throws IOException {
        return zip(ZipEntry.STORED, "m/data.pkl", pickle, "m/data/0", floats(0, 1, 2, 3, 4, 5));
    }

    private static PickleTensor weight(TorchFile file) {
        return TorchFile.tensors(file.root()).get("w");
    }

    @Test
    void viewsAreReadWithTheirOffsetsAndStrides() throws IOException {
        try (Scope scope = Scope.open()) {
            try (TorchFile file = TorchFile.open(model(tensorPickle("0", "I2\nI3\n", "I3\nI1\n", "6")))) {
                assertThat(file.read(weight(file)).toFloats()).containsExactly(0, 1, 2, 3, 4, 5);
                assertThat(weight(file).type()).isEqualTo(DType.F32);
            }
            try (TorchFile file = TorchFile.open(model(tensorPickle("0", "I3\nI2\n", "I1\nI3\n", "6")))) {
                assertThat(file.read(weight(file)).toFloats()).containsExactly(0, 3, 1, 4, 2, 5); // transposed
            }
            try (TorchFile file = TorchFile.open(model(tensorPickle("2", "I2\n", "I2\n", "6")))) {
                assertThat(file.read(weight(file)).toFloats()).containsExactly(2, 4);
            }
            try (TorchFile file = TorchFile.open(model(tensorPickle("1", "I4\n", "I0\n", "6")))) {
                assertThat(file.read(weight(file)).toFloats()).containsExactly(1, 1, 1, 1); // expanded
            }
        }
    }

    @Test
    void theOlderFormIsReadToo() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(new byte[] {
            (byte) 0x80,
            2,
            (byte) 0x8A,
            10,
            0x6c,
            (byte) 0xfc,
            (byte) 0x9c,
            0x46,
            (byte) 0xf9,
            0x20,
            0x6a,
            (byte) 0xa8,
            0x50,
            0x19,
            '.'
        });
        bytes.write(new byte[] {(byte) 0x80, 2, 'M', (byte) 0xe9, 3, '.'});
        bytes.write(new byte[] {(byte) 0x80, 2, '}', '.'});
        bytes.write(tensorPickle("0", "I2\nI3\n", "I3\nI1\n", "6"));
        bytes.write(("\u0080\u0002]X\1\0\0\0" + "0a.").getBytes(StandardCharsets.ISO_8859_1));
        bytes.write(
                ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(6).array());
        bytes.write(floats(0, 1, 2, 3, 4, 5));
        Path path = folder.resolve("old.pt");
        Files.write(path, bytes.toByteArray());
        try (Scope scope = Scope.open();
                TorchFile file = TorchFile.open(path)) {
            assertThat(file.read(weight(file)).toFloats()).containsExactly(0, 1, 2, 3, 4, 5);
        }
        byte[] whole = bytes.toByteArray();
        Files.write(path, Arrays.copyOf(whole, whole.length - 4));
        assertRefused(path, "ends in storage 0");
        // A number of elements whose bytes are more than a long can count.
        for (long elements : new long[] {1L << 61, Long.MAX_VALUE / 4, Long.MAX_VALUE}) {
            byte[] lying = new String(whole, StandardCharsets.ISO_8859_1)
                    .replace("cpuI6\n", "cpuI" + elements + "\n")
                    .getBytes(StandardCharsets.ISO_8859_1);
            ByteBuffer.wrap(lying).order(ByteOrder.LITTLE_ENDIAN).putLong(lying.length - 32, elements);
            Files.write(path, lying);
            assertRefused(path, "ends in storage 0");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cos\nsystem\n(X\4\0\0\0echotR.",
                "cposix\nsystem\n(X\4\0\0\0echotR.",
                "cbuiltins\neval\n(X\3\0\0\0" + "1+1tR.",
                "c__builtin__\nexec\n(X\1\0\0\0" + "1tR.",
                "(X\4\0\0\0echoios\nsystem\n.",
                "csubprocess\nPopen\n(tR.",
                "ctorch\nload\n(tR.",
                "cfairseq\n__import__('os').system\n(tR.",
            })
    void whatWouldRunIsRefusedByName(String program) throws IOException {
        String name = program.contains("ios\n") ? "os.system" : program.replaceAll("(?s)^c(.*?)\n(.*?)\n.*", "$2");
        Path path = model(("\u0080\u0002" + program).getBytes(StandardCharsets.ISO_8859_1));
        assertRefused(path, "wants to call", name, "nothing was run");
    }

    @Test
    void namesBuiltOnTheStackAreRefusedToo() throws IOException {
        String program = "\u0080\u0004\u008C\2os\u008C\6system\u0093(\u008C\4echotR.";
        assertRefused(model(program.getBytes(StandardCharsets.ISO_8859_1)), "os.system");
    }

    @Test
    void classesOfConfigurationsAreDataAndNothingElse() throws IOException {
        String program = "\u0080\u0002}X\1\0\0\0acargparse\nNamespace\n)\u0081}X\2\0\0\0lrK\5sbs.";
        try (TorchFile file = TorchFile.open(model(program.getBytes(StandardCharsets.ISO_8859_1)))) {
            PickleObject object = (PickleObject) ((Map<?, ?>) file.root()).get("a");
            assertThat(object.type()).isEqualTo("argparse.Namespace");
            assertThat(object.state()).isEqualTo(Map.of("lr", 5L));
        }
    }

    @Test
    void viewsOutsideOfTheirStorageAreRefused() throws IOException {
        assertRefused(model(tensorPickle("5", "I2\n", "I1\n", "6")), "reaches element 6 of a storage of 6");
        assertRefused(model(tensorPickle("0", "I-2\n", "I1\n", "6")), "negative");
        assertRefused(model(tensorPickle("0", "I2\n", "I-1\n", "6")), "negative");
        assertRefused(
                model(tensorPickle("0", "I4611686018427387904\nI4\n", "I0\nI0\n", "6")), "larger than any memory");
        assertRefused(model(tensorPickle("0", "I1073741824\nI1024\n", "I0\nI0\n", "6")), "beyond reason");
        assertRefused(model(tensorPickle("0", "I2\n", "I1\nI1\n", "6")), "1 sizes and 2 strides");
        // More elements than the reader's arithmetic has room for: fine to describe, refused when read.
        Path path = model(tensorPickle("0", "I6\n", "I1\n", "" + (1L << 62)));
        try (Scope scope = Scope.open();
                TorchFile file = TorchFile.open(path)) {
            assertThatThrownBy(() -> file.read(weight(file)))
                    .isInstanceOf(UserException.class)
                    .hasMessageContaining("only 24 bytes long");
        }
        Path repeated = model(tensorPickle("0", "I2000000\nI1000\n", "I0\nI0\n", "6000"));
        try (Scope scope = Scope.open();
                TorchFile file = TorchFile.open(repeated)) {
            assertThatThrownBy(() -> file.read(weight(file))).isInstanceOf(UserException.class);
        }
    }

    @Test
    void aStorageShorterThanDescribedIsRefusedWhenRead() throws IOException {
        Path path = model(tensorPickle("0", "I60\n", "I1\n", "60"));
        try (Scope scope = Scope.open();
                TorchFile file = TorchFile.open(path)) {
            assertThatThrownBy(() -> file.read(weight(file)))
                    .isInstanceOf(UserException.class)
                    .hasMessageContaining("only 24 bytes long");
        }
    }

    @Test
    void compressedEscapingAndCutArchivesAreRefused() throws IOException {
        byte[] pickle = tensorPickle("0", "I6\n", "I1\n", "6");
        assertRefused(zip(ZipEntry.DEFLATED, "m/data.pkl", new byte[1 << 20], "m/data/0", new byte[10]), "compressed");
        assertRefused(zip(ZipEntry.STORED, "m/data.pkl", pickle, "../../etc/passwd", new byte[1]), "leads out");
        assertRefused(zip(ZipEntry.STORED, "m/other", new byte[1]), "0 entries data.pkl");
        Path path = model(pickle);
        byte[] bytes = Files.readAllBytes(path);
        Files.write(path, Arrays.copyOf(bytes, bytes.length - 30));
        assertRefused(path, "cut off");
    }

    @Test
    void overlappingEntriesAreRefused() throws IOException {
        Path path = zip(
                ZipEntry.STORED,
                "m/data.pkl",
                tensorPickle("0", "I6\n", "I1\n", "6"),
                "m/data/0",
                floats(1, 2),
                "m/data/1",
                floats(1, 2));
        byte[] bytes = Files.readAllBytes(path);
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int found = 0;
        int place = 0;
        for (int at = 0; at < bytes.length - 46; at++) {
            if (buffer.getInt(at) == 0x02014b50) {
                found++;
                if (found == 2) {
                    place = buffer.getInt(at + 42);
                } else if (found == 3) {
                    buffer.putInt(at + 42, place); // the third entry's header is the second's
                }
            }
        }
        assertThat(found).isEqualTo(3);
        Files.write(path, bytes);
        assertRefused(path, "overlaps");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0080\u0002",
                "\u0080\u0002X\u00FF\u00FF\u00FF\u007Fabc",
                "\u0080\u0002\u008D\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF\u007Fabc",
                "\u0080\u0002j\5\0\0\0.",
                "\u0080\u0002t.",
                "\u0080\u0002)R.",
                "\u0080\u0002}K\1e.",
                "\u0080\u0002P0\n.",
                "\u0080\u0002.",
                "\u0080\u0002(K\1K\2tQ.",
                "\u0080\u0002IABC\n.",
            })
    void damagedPicklesAreOneLine(String program) throws IOException {
        assertRefused(model(program.getBytes(StandardCharsets.ISO_8859_1)), "model.pt");
    }

    /** Small files whose contents, written out, would be larger than any memory; each use hashes what it is given. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "(h\1h\1\u0091.", // a frozen set of it
                "\u008F(h\1\u0090.", // added to a set
                "cbuiltins\nset\nh\1\u0085R.", // set(it)
                "cbuiltins\ndict\n](h\1K\1\u0086e\u0085R.", // dict([(it, 1)])
                "(h\1K\1d.", // {it: 1}
            })
    void listsOfListsOfListsCostNoMoreThanTheirFile(String use) throws IOException {
        String twiceTheLast = "](h\1h\1eq\1";
        String program = "\u0080\u0004](K\1eq\1" + twiceTheLast.repeat(60) + use;
        try (TorchFile file = TorchFile.open(model(program.getBytes(StandardCharsets.ISO_8859_1)))) {
            assertThat(file.root()).isNotNull();
        }
        String itself = "\u0080\u0004]q\1h\1a(h\1\u0091.";
        try (TorchFile file = TorchFile.open(model(itself.getBytes(StandardCharsets.ISO_8859_1)))) {
            assertThat(file.root()).isEqualTo(Set.of("(0)"));
        }
    }

    @Test
    void namesAndStoragesMadeOfListsAreRefused() throws IOException {
        String program = "\u0080\u0004]q\1h\1ah\1\u008C\1x\u0093.";
        assertRefused(model(program.getBytes(StandardCharsets.ISO_8859_1)), "the name of a class was expected");
        String storage = new String(tensorPickle("0", "I6\n", "I1\n", "6"), StandardCharsets.ISO_8859_1)
                .replace("X\1\0\0\0" + "0X", "]q\1h\1aX");
        assertRefused(model(storage.getBytes(StandardCharsets.ISO_8859_1)), "no storage of tensors");
    }

    @Test
    void programsWithoutEndAreRefused() throws IOException {
        byte[] program = new byte[2 + 2 * 20_000_001];
        program[0] = (byte) 0x80;
        program[1] = 2;
        for (int i = 2; i < program.length; i += 2) {
            program[i] = 'N';
            program[i + 1] = '0';
        }
        assertRefused(model(program), "more than 20000000 instructions");
    }

    @Test
    void storagesCannotLeadOutOfTheFile() throws IOException {
        String program = new String(tensorPickle("0", "I6\n", "I1\n", "6"), StandardCharsets.ISO_8859_1)
                .replace("X\1\0\0\0" + "0X", "X\7\0\0\0../../0X");
        assertRefused(model(program.getBytes(StandardCharsets.ISO_8859_1)), "allowed: letters, digits");
    }

    @Test
    void otherFilesAreNoCheckpoints() throws IOException {
        Path text = Files.writeString(folder.resolve("a.pt"), "hello");
        assertRefused(text, "neither of PyTorch's forms");
        assertRefused(Files.write(folder.resolve("b.pt"), new byte[0]), "neither of PyTorch's forms");
        assertRefused(folder.resolve("absent.pt"), "is not a file");
        assertThat(List.of(text)).hasSize(1);
    }

    private static void assertRefused(Path path, String... parts) {
        assertThatThrownBy(() -> TorchFile.open(path).close())
                .isInstanceOf(UserException.class)
                .hasMessageContaining(path.toString())
                .hasMessageContainingAll(parts)
                .hasMessageNotContaining("\n");
    }
}
