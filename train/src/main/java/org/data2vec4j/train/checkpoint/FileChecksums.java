package org.data2vec4j.train.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.data2vec4j.core.UserException;

/**
 * The CRC-32C of every file of a checkpoint, a line each in {@code checksums.txt}: eight hexadecimal digits, two blanks, the name. A
 * bit that flipped on a disk or in a copy is noticed.
 */
final class FileChecksums {
    private static final String NAME = "checksums.txt";
    private static final int PART = 1 << 20;

    private final Map<String, String> byName;

    private FileChecksums(Map<String, String> byName) {
        this.byName = byName;
    }

    /** The checksums of a folder; none if it was written by a version that kept none. */
    static FileChecksums read(Path folder) {
        Path file = folder.resolve(NAME);
        Map<String, String> byName = new HashMap<>();
        if (Files.isRegularFile(file)) {
            try {
                for (String line : new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                        .lines()
                        .toList()) {
                    if (line.matches("[0-9a-f]{8}  .+")) {
                        byName.put(line.substring(10), line.substring(0, 8));
                    }
                }
            } catch (IOException e) {
                throw new UserException("cannot read " + file + ": " + e, e);
            }
        }
        return new FileChecksums(byName);
    }

    /** Whether a file is as it was written, as far as is known. */
    boolean fits(Path file) {
        String expected = byName.get(String.valueOf(file.getFileName()));
        try {
            return expected == null || !Files.isRegularFile(file) || expected.equals(of(file));
        } catch (IOException e) {
            throw new UserException("cannot read " + file + ": " + e, e);
        }
    }

    /** Writes the checksums of all files of a folder, and forces them to the disk. */
    static void write(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.sorted().toList();
        }
        StringBuilder text = new StringBuilder();
        for (Path file : files) {
            text.append(of(file)).append("  ").append(file.getFileName()).append('\n');
        }
        ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
        try (FileChannel channel =
                FileChannel.open(folder.resolve(NAME), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    private static String of(Path file) throws IOException {
        CRC32C checksum = new CRC32C();
        ByteBuffer part = ByteBuffer.allocate(PART);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            while (channel.read(part) >= 0) {
                checksum.update(part.flip());
                part.clear();
            }
        }
        return String.format(Locale.ROOT, "%08x", checksum.getValue());
    }
}
