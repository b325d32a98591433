package org.data2vec4j.data.tar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TarReaderTest {
    private static final String LONG = "folder/".repeat(30) + "ünï.jpg";

    @TempDir
    Path folder;

    @Test
    void readsLongNamesAndPassesOverWhatIsNoFile() throws IOException {
        byte[] archive = new TarBytes()
                .entry("folder/", '5', new byte[0])
                .file("a.txt", new byte[] {1, 2, 3})
                .gnuLong(LONG, new byte[600])
                .entry("pax_global_header", 'g', new byte[20])
                .pax(LONG + "2", new byte[512])
                .entry("link", '2', new byte[0])
                .file("empty", new byte[0])
                .finish();
        for (boolean gzip : new boolean[] {false, true}) {
            List<TarEntry> entries = walk(archive, gzip);
            assertThat(entries).extracting(TarEntry::name).containsExactly("a.txt", LONG, LONG + "2", "empty");
            assertThat(entries).extracting(TarEntry::size).containsExactly(3L, 600L, 512L, 0L);
            assertThat(entries).allMatch(entry -> entry.offset() % 512 == 0);
            assertThat(entries.get(1).fileName()).isEqualTo("ünï.jpg");
        }
    }

    @Test
    void givesTheBytesOfEntries() throws IOException {
        Path file =
                write(new TarBytes().file("a", new byte[700]).text("b", "hello").finish(), false);
        try (TarReader reader = TarReader.plain(file)) {
            TarEntry first = reader.next();
            TarEntry second = reader.next();
            assertThat(reader.read(second)).isEqualTo("hello".getBytes(StandardCharsets.UTF_8));
            assertThatThrownBy(() -> reader.read(first)).isInstanceOf(IllegalStateException.class);
            assertThat(reader.next()).isNull();
        }
    }

    @Test
    void everyTruncationIsNoticed() throws IOException {
        byte[] archive = new TarBytes()
                .file("a", new byte[700])
                .gnuLong(LONG, new byte[10])
                .finish();
        for (int length : new int[] {0, 100, 512, 1000, 1536, 1537, 2048, 2560, 3000, archive.length - 1024}) {
            byte[] cut = Arrays.copyOf(archive, length);
            assertThatThrownBy(() -> walk(cut, false)).as("cut at %d", length).hasMessageContaining("cut off");
            assertThatThrownBy(() -> walk(cut, true)).as("gzip of %d", length).isInstanceOf(IOException.class);
        }
        byte[] zipped = gzip(archive);
        for (int length : new int[] {0, 5, zipped.length / 2, zipped.length - 4}) {
            byte[] cut = Arrays.copyOf(zipped, length);
            assertThatThrownBy(() -> walkFile(Files.write(folder.resolve("cut"), cut), true))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void anythingElseIsNotAnArchive() {
        byte[] noise = new byte[2048];
        Arrays.fill(noise, (byte) 'x');
        assertThatThrownBy(() -> walk(noise, false)).isInstanceOf(IOException.class);
        byte[] archive = new TarBytes().file("a", new byte[10]).finish();
        archive[3] ^= 0x20;
        assertThatThrownBy(() -> walk(archive, false)).hasMessageContaining("no tar header at byte 0");
    }

    @Test
    void damagedPaxLinesAreNoticed() {
        for (String line : new String[] {"9999 path=x\n", "2 \n", "x path=y\n", "-5 path=x\n", "14 size=-1\n", "abc"}) {
            byte[] archive = new TarBytes()
                    .entry("x", 'x', line.getBytes(StandardCharsets.UTF_8))
                    .file("a", new byte[1])
                    .finish();
            assertThatThrownBy(() -> walk(archive, false)).as(line).isInstanceOf(IOException.class);
        }
    }

    private List<TarEntry> walk(byte[] archive, boolean gzip) throws IOException {
        return walkFile(write(archive, gzip), gzip);
    }

    private static List<TarEntry> walkFile(Path file, boolean gzip) throws IOException {
        List<TarEntry> entries = new ArrayList<>();
        try (TarReader reader = gzip ? TarReader.gzip(file) : TarReader.plain(file)) {
            for (TarEntry entry = reader.next(); entry != null; entry = reader.next()) {
                entries.add(entry);
            }
        }
        return entries;
    }

    private Path write(byte[] archive, boolean gzip) throws IOException {
        return Files.write(folder.resolve(gzip ? "a.tar.gz" : "a.tar"), gzip ? gzip(archive) : archive);
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write(bytes);
        }
        return out.toByteArray();
    }
}
