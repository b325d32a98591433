package org.data2vec4j.text.data;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.data2vec4j.data.WorkerThreads;
import org.data2vec4j.text.tokenizer.BpeEncoder;
import org.data2vec4j.text.tokenizer.BpeTokenizer;
import org.data2vec4j.text.tokenizer.IntList;
import org.jspecify.annotations.Nullable;

/** The pieces of a reader as tokens, in order, whatever the number of threads; a few parts are held at once. */
final class PieceEncoding implements AutoCloseable {
    /** Some pieces: all their tokens, where each piece's end, and which pieces end a document. */
    @SuppressWarnings("ArrayRecordComponent") // handed from one thread to another once
    record Part(int[] tokens, int[] ends, boolean[] last) {}

    private static final int PART = 1 << 18;

    private final TextReader reader;
    private final WorkerThreads workers;
    private final BlockingQueue<BpeEncoder> encoders;
    private final Deque<Future<Part>> running = new ArrayDeque<>();
    private final int ahead;
    private boolean ended;

    PieceEncoding(TextReader reader, BpeTokenizer tokenizer, int threads) {
        this.reader = reader;
        this.workers = new WorkerThreads("tokenizer", threads);
        this.encoders = new ArrayBlockingQueue<>(threads);
        for (int i = 0; i < threads; i++) {
            encoders.add(tokenizer.encoder());
        }
        this.ahead = 2 * threads;
    }

    @Nullable
    Part next() {
        while (!ended && running.size() < ahead) {
            List<TextPiece> pieces = read();
            if (!pieces.isEmpty()) {
                running.add(workers.submit(() -> encode(pieces)));
            }
        }
        if (running.isEmpty()) {
            return null;
        }
        try {
            return running.remove().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while text was tokenized", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("text could not be tokenized", e.getCause());
        }
    }

    @Override
    public void close() {
        workers.close();
    }

    private List<TextPiece> read() {
        List<TextPiece> pieces = new ArrayList<>();
        int bytes = 0;
        while (bytes < PART) {
            TextPiece piece = reader.next();
            if (piece == null) {
                ended = true;
                break;
            }
            pieces.add(piece);
            bytes += piece.utf8().length + 16; // so that many empty ones end a part too
        }
        return pieces;
    }

    private Part encode(List<TextPiece> pieces) throws InterruptedException {
        BpeEncoder encoder = encoders.take();
        IntList tokens = new IntList();
        int[] ends = new int[pieces.size()];
        boolean[] last = new boolean[pieces.size()];
        for (int i = 0; i < ends.length; i++) {
            byte[] text = pieces.get(i).utf8();
            encoder.encode(text, 0, text.length, tokens);
            ends[i] = tokens.size();
            last[i] = pieces.get(i).last();
        }
        encoders.add(encoder);
        return new Part(tokens.toArray(), ends, last);
    }
}
