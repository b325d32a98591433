package org.data2vec4j.text.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.data2vec4j.core.UserException;
import org.data2vec4j.data.Fingerprint;
import org.data2vec4j.text.tokenizer.BpeTokenizer;
import org.data2vec4j.text.tokenizer.SpecialIds;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of a source in a mapped file: all documents one after the other, {@code </s>} after each, and where each begins. Two
 * bytes a token for vocabularies of up to 65,536, four otherwise. The file's name is the fingerprint of source and tokenizer, so
 * it is made once and fits or is not found; one whose checksum does not fit is made again. Thread-safe for reading.
 *
 * <p>Layout, little-endian: header of 128 bytes, tokens, zeros to a multiple of 8, an offset per document and the end (8 bytes
 * each, in tokens), the first complaints as lines of UTF-8.
 */
public final class TokenCache {
    static final int HEADER = 128;
    /** Where the header says that it has a checksum, 1 or 0 in files of earlier versions; the checksum follows. */
    static final int CHECKED = 68;

    static final long MAGIC = 0x31304B4F54563244L; // "D2VTOK01"

    private final MappedFile file;
    private final int width;
    private final long tokens;
    private final long offsets;
    private final int documents;
    private final int skipped;
    private final List<String> complaints;
    private final SpecialIds specials;
    private final String fingerprint;

    private TokenCache(MappedFile file, SpecialIds specials, String fingerprint) {
        this.file = file;
        this.specials = specials;
        this.fingerprint = fingerprint;
        this.width = file.getInt(8);
        this.skipped = file.getInt(12);
        this.tokens = file.getLong(16);
        this.documents = (int) file.getLong(24);
        this.offsets = offsets(width, tokens);
        byte[] lines = new byte[file.getInt(32)];
        for (int i = 0; i < lines.length; i++) {
            lines[i] = file.getByte(offsets + 8L * (documents + 1) + i);
        }
        this.complaints = new String(lines, StandardCharsets.UTF_8).lines().toList();
    }

    /**
     * The tokens of a source: from the file in {@code folder} if there is one, otherwise read on {@code threads} threads and
     * written there, atomically. {@code warnings} is told of text that is skipped. A tokenizer without the usual special tokens,
     * and a source without any text, throw {@link UserException}.
     */
    public static TokenCache open(
            TextSource source, BpeTokenizer tokenizer, Path folder, int threads, Consumer<String> warnings) {
        SpecialIds specials = tokenizer.specials();
        String fingerprint = new Fingerprint()
                .add("tokens 1")
                .add(source.fingerprint())
                .add(tokenizer.vocabulary().fingerprint())
                .hex();
        Path path = folder.resolve("tokens-" + fingerprint + ".bin");
        boolean there = Files.isRegularFile(path);
        TokenCache kept = read(path, specials, fingerprint);
        if (kept != null) {
            return kept;
        }
        if (there) {
            warnings.accept("the file of tokens " + path + " is damaged, and is made again");
        }
        new TokenCacheWriter(source, tokenizer, fingerprint, threads, warnings).write(path);
        TokenCache made = read(path, specials, fingerprint);
        if (made == null) {
            throw new UserException("the file of tokens " + path + " is broken as soon as written; is the disk full?");
        }
        return made;
    }

    private static @Nullable TokenCache read(Path path, SpecialIds specials, String fingerprint) {
        if (!Files.isRegularFile(path)) {
            return null;
        }
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
            int read = 0;
            while (header.hasRemaining() && read >= 0) {
                read = channel.read(header);
            }
            byte[] print = new byte[32];
            header.get(36, print);
            long end = offsets(header.getInt(8), header.getLong(16)) + 8 * (header.getLong(24) + 1) + header.getInt(32);
            boolean fits = header.getLong(0) == MAGIC
                    && new String(print, StandardCharsets.US_ASCII).equals(fingerprint)
                    && channel.size() == end
                    && (header.getInt(CHECKED) == 0 || header.getInt(CHECKED + Integer.BYTES) == checksum(channel));
            return fits ? new TokenCache(new MappedFile(channel), specials, fingerprint) : null;
        } catch (IOException e) {
            throw new UserException("the file of tokens " + path + " cannot be read: " + e + "; delete it", e);
        }
    }

    /** The CRC-32C of everything behind the header. */
    static int checksum(FileChannel channel) throws IOException {
        CRC32C checksum = new CRC32C();
        ByteBuffer part = ByteBuffer.allocate(1 << 20);
        long position = HEADER;
        for (int read = channel.read(part, position); read >= 0; read = channel.read(part, position)) {
            position += read;
            checksum.update(part.flip());
            part.clear();
        }
        return (int) checksum.getValue();
    }

    /** Where the documents' offsets begin, in bytes. */
    static long offsets(int width, long tokens) {
        return (HEADER + width * tokens + 7) / 8 * 8;
    }

    /** All tokens, the ends of documents included. */
    public long tokens() {
        return tokens;
    }

    /** The number of documents, none of them empty; at least one. */
    public int documents() {
        return documents;
    }

    /** Where a document begins; for {@link #documents()}, the number of tokens. The token before is {@code </s>}. */
    public long offset(int document) {
        return file.getLong(offsets + 8L * document);
    }

    /** Copies tokens from a place on. */
    public void copy(long from, int count, int[] to, int at) {
        for (int i = 0; i < count; i++) {
            long place = HEADER + width * (from + i);
            to[at + i] = width == 2 ? file.getShort(place) & 0xFFFF : file.getInt(place);
        }
    }

    /** The tokenizer's special ids. */
    public SpecialIds specials() {
        return specials;
    }

    /** Lines and files passed over when the source was read. */
    public int skipped() {
        return skipped;
    }

    /** The first of them, by name. */
    public List<String> complaints() {
        return complaints;
    }

    /** A hash over source and tokenizer. */
    public String fingerprint() {
        return fingerprint;
    }
}
