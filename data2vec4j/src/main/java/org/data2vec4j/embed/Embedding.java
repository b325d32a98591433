package org.data2vec4j.embed;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.data2vec4j.Data2Vec;
import org.data2vec4j.core.FileFailure;
import org.data2vec4j.core.UserException;
import org.data2vec4j.train.data.Modality;
import org.data2vec4j.train.data.OrderedSource;

/**
 * The vectors of all samples of a source, in order, in a file; what cannot be read is left out and told. Stopped at any time, the same
 * command goes on where it was.
 */
public final class Embedding {
    private static final long SECONDS_BETWEEN_LINES = 10;

    private final Data2Vec model;
    private final Consumer<String> messages;
    private int known;
    private int count;
    private long begun;
    private long said;

    /**
     * An embedding by a model.
     *
     * @param messages told what is left out, and now and then how far it is
     */
    public Embedding(Data2Vec model, Consumer<String> messages) {
        this.model = model;
        this.messages = messages;
    }

    /**
     * Writes the vectors of {@code data}: pictures or recordings as in pre-training, or a text file of which each line that is not
     * blank is a text.
     *
     * @param output a file that ends in .npy, .safetensors, .parquet, .csv or .jsonl
     * @return how many there are
     */
    public int write(String data, Path output) {
        checkForm(output);
        begun = System.nanoTime();
        said = begun;
        try {
            embed(data, output);
        } catch (UncheckedIOException e) {
            throw new UserException("cannot write " + output + ": " + FileFailure.writing(output, e.getCause()), e);
        }
        return count;
    }

    /** How many of them were there from an earlier, stopped command. */
    public int known() {
        return known;
    }

    private static void checkForm(Path output) {
        String name = String.valueOf(output.getFileName());
        if (List.of(".npy", ".safetensors", ".parquet", ".csv", ".jsonl").stream()
                .noneMatch(name::endsWith)) {
            throw new UserException("output is '" + output
                    + "'; allowed: a file that ends in .npy, .safetensors, .parquet, .csv or .jsonl");
        }
    }

    private VectorWriter sink(Path output) {
        String name = String.valueOf(output.getFileName());
        int width = model.width();
        if (name.endsWith(".npy")) {
            return new NpyVectorFile(output, width);
        }
        if (name.endsWith(".parquet")) {
            return new ParquetVectorFile(output);
        }
        if (name.endsWith(".csv")) {
            return new CsvVectorFile(output, width);
        }
        return name.endsWith(".jsonl")
                ? new JsonLinesVectorFile(output)
                : new SafeTensorsVectorFile(output, count, width);
    }

    private EmbeddingJournal journal(Path output, String data, String fingerprint) {
        EmbeddingJournal journal =
                new EmbeddingJournal(output, model.origin() + ", " + data + " " + fingerprint, model.width());
        known = journal.count();
        if (known > 0) {
            messages.accept("going on after " + known + " that were computed before");
        }
        return journal;
    }

    private void finish(EmbeddingJournal journal, String data, Path output) {
        count = journal.count();
        if (count == 0) {
            throw new UserException(data + " has nothing to embed");
        }
        try (VectorWriter sink = sink(output)) {
            journal.forEach(sink::add);
            sink.finish();
        }
        journal.delete();
    }

    private void embed(String data, Path output) {
        Modality modality = model.modality();
        try (OrderedSource source = modality.openInOrder(data, model.run().context(messages));
                EmbeddingJournal journal = journal(output, data, source.fingerprint())) {
            String of = source.size() == OrderedSource.UNKNOWN ? "" : " of " + source.size();
            source.visitAfter(journal.last(), (batch, numbers, names) -> {
                float[][] vectors = model.vectors(batch);
                for (int i = 0; i < vectors.length; i++) {
                    if (numbers[i] > journal.last()) {
                        journal.add(numbers[i], names.get(i), vectors[i]);
                    }
                }
                say(journal.count(), of);
            });
            finish(journal, data, output);
        }
    }

    private void say(int done, String of) {
        long now = System.nanoTime();
        if (now - said > SECONDS_BETWEEN_LINES * 1_000_000_000L) {
            said = now;
            messages.accept(String.format(
                    Locale.ROOT,
                    "%,d%s %s, %.1f a second",
                    done,
                    of,
                    model.modality().samples(),
                    (done - known) / ((now - begun) / 1e9)));
        }
    }
}
