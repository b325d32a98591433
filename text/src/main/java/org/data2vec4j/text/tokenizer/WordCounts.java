package org.data2vec4j.text.tokenizer;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.data2vec4j.data.WorkerThreads;

/** How often each word of a text occurs; sums, so that the order of reading and the number of threads leave no trace. */
final class WordCounts {
    private final WordTable words = new WordTable();
    private long[] counts = new long[1 << 9];

    /**
     * Counts the words of texts, each by itself, on several threads; at most twice as many texts as threads are held at once.
     * Whatever {@code texts} throws passes through.
     */
    static WordCounts of(Iterator<byte[]> texts, int threads) {
        BlockingQueue<WordCounts> free = new ArrayBlockingQueue<>(threads);
        for (int i = 0; i < threads; i++) {
            free.add(new WordCounts());
        }
        try (WorkerThreads workers = new WorkerThreads("word-counter", threads)) {
            Deque<Future<?>> running = new ArrayDeque<>();
            while (texts.hasNext()) {
                byte[] text = texts.next();
                running.add(workers.submit(() -> {
                    WordCounts own = free.take();
                    own.count(text, 0, text.length);
                    return free.add(own);
                }));
                if (running.size() > 2 * threads) {
                    await(running.remove());
                }
            }
            while (!running.isEmpty()) {
                await(running.remove());
            }
        }
        WordCounts all = free.remove();
        free.forEach(all::addAll);
        return all;
    }

    void count(byte[] text, int from, int to) {
        int at = from;
        while (at < to) {
            int end = WordSplitter.end(text, at, to);
            add(words.add(text, at, end), 1);
            at = end;
        }
    }

    WordTable words() {
        return words;
    }

    long count(int word) {
        return counts[word];
    }

    private void addAll(WordCounts other) {
        for (int word = 0; word < other.words.size(); word++) {
            int start = other.words.start(word);
            int end = start + other.words.length(word);
            add(words.add(other.words.bytes(), start, end), other.counts[word]);
        }
    }

    private void add(int word, long times) {
        if (word >= counts.length) {
            counts = Arrays.copyOf(counts, counts.length * 2);
        }
        counts[word] += times;
    }

    private static void await(Future<?> task) {
        try {
            task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while words were counted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("words could not be counted", e.getCause());
        }
    }
}
