package org.data2vec4j.text.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import org.data2vec4j.core.UserException;
import org.data2vec4j.data.AtomicFile;
import org.data2vec4j.text.tokenizer.BpeTokenizer;

/** Writes a {@link TokenCache} file; {@link PieceEncoding} does the work on its threads. */
final class TokenCacheWriter {
    private final TextSource source;
    private final BpeTokenizer tokenizer;
    private final String fingerprint;
    private final int threads;
    private final SkippedText skipped;
    private final int width;
    private final int eos;
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 18).order(ByteOrder.LITTLE_ENDIAN);
    private long[] offsets = new long[1 << 10];
    private int documents;
    private long tokens;

    TokenCacheWriter(
            TextSource source, BpeTokenizer tokenizer, String fingerprint, int threads, Consumer<String> warnings) {
        this.source = source;
        this.tokenizer = tokenizer;
        this.fingerprint = fingerprint;
        this.threads = threads;
        this.skipped = new SkippedText(warnings);
        this.width = tokenizer.size() <= 1 << 16 ? 2 : 4;
        this.eos = tokenizer.specials().eos();
    }

    void write(Path path) {
        AtomicFile.write(path, channel -> {
            channel.position(TokenCache.HEADER);
            try (TextReader reader = source.read(skipped);
                    PieceEncoding pieces = new PieceEncoding(reader, tokenizer, threads)) {
                for (PieceEncoding.Part part = pieces.next(); part != null; part = pieces.next()) {
                    for (int i = 0; i < part.ends().length; i++) {
                        piece(part, i, channel);
                    }
                }
            }
            if (documents == 0) {
                throw new UserException("data " + source.name() + " has no text that can be used"
                        + (skipped.count() == 0
                                ? ""
                                : "; the first of " + skipped.count() + " skipped is "
                                        + skipped.complaints().get(0)));
            }
            finish(channel);
        });
    }

    private void piece(PieceEncoding.Part part, int piece, FileChannel channel) throws IOException {
        for (int i = piece == 0 ? 0 : part.ends()[piece - 1]; i < part.ends()[piece]; i++) {
            token(part.tokens()[i], channel);
        }
        if (part.last()[piece] && tokens > offsets[documents]) {
            token(eos, channel);
            documents++;
            if (documents == offsets.length) {
                offsets = Arrays.copyOf(offsets, documents * 2);
            }
            offsets[documents] = tokens;
        }
    }

    private void token(int id, FileChannel channel) throws IOException {
        room(width, channel);
        if (width == 2) {
            buffer.putShort((short) id);
        } else {
            buffer.putInt(id);
        }
        tokens++;
    }

    private void finish(FileChannel channel) throws IOException {
        flush(channel);
        channel.position(TokenCache.offsets(width, tokens));
        for (int i = 0; i <= documents; i++) {
            room(8, channel);
            buffer.putLong(offsets[i]);
        }
        flush(channel);
        byte[] complaints = String.join("\n", skipped.complaints()).getBytes(StandardCharsets.UTF_8);
        buffer.clear();
        drain(ByteBuffer.wrap(complaints), channel);
        int checksum = TokenCache.checksum(channel);
        buffer.putLong(TokenCache.MAGIC).putInt(width).putInt(skipped.count()).putLong(tokens);
        buffer.putLong(documents).putInt(complaints.length).put(fingerprint.getBytes(StandardCharsets.US_ASCII));
        buffer.putInt(1).putInt(checksum); // at TokenCache.CHECKED
        channel.position(0);
        flush(channel);
    }

    private void room(int bytes, FileChannel channel) throws IOException {
        if (buffer.remaining() < bytes) {
            flush(channel);
        }
    }

    private void flush(FileChannel channel) throws IOException {
        drain(buffer.flip(), channel);
        buffer.clear();
    }

    private static void drain(ByteBuffer rest, FileChannel channel) throws IOException {
        while (rest.hasRemaining()) {
            channel.write(rest);
        }
    }
}
