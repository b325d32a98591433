package org.data2vec4j.embed;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import org.data2vec4j.Data2Vec;
import org.data2vec4j.core.FileFailure;
import org.data2vec4j.core.UserException;
import org.data2vec4j.data.OutputClaim;
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
    private final OutputClaim.Existing existing;
    private int known;
    private int count;
    private long begun;
    private long said;

    /**
     * An embedding by a model, which does not overwrite an output of another run, weights or data.
     *
     * @param messages told what is left out, and now and then how far it is
     */
    public Embedding(Data2Vec model, Consumer<String> messages) {
        this(model, messages, OutputClaim.Existing.KEEP);
    }

    /**
     * An embedding by a model.
     *
     * @param messages told what is left out, and now and then how far it is
     * @param existing what becomes of an output of another run, weights or data
     */
    public Embedding(Data2Vec model, Consumer<String> messages, OutputClaim.Existing existing) {
        this.model = model;
        this.messages = messages;
        this.existing = existing;
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
        try (OutputClaim claim = OutputClaim.of(output, origin(data), existing)) {
            embed(data, output);
            claim.complete();
        } catch (UncheckedIOException e) {
            throw new UserException(
                    "cannot write " + output + ": " + FileFailure.writing(output, Objects.requireNonNull(e.getCause())),
                    e);
        }
        return count;
    }

    private String origin(String data) {
        return "the vectors of " + data + " by the " + model.info().weights() + " of "
                + model.run().path().toAbsolutePath().normalize();
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

    private EmbeddingJournal journal(Path output, String data, OrderedSource source) {
        EmbeddingJournal journal = new EmbeddingJournal(
                output,
                model.origin() + ", " + data + " " + source.fingerprint(),
                model.width(),
                source.size() == OrderedSource.UNKNOWN ? Long.MAX_VALUE : source.size());
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
                EmbeddingJournal journal = journal(output, data, source)) {
            String of = source.size() == OrderedSource.UNKNOWN ? "" : " of " + source.size();
            source.visitAfter(journal.beforeLastBatch(), (batch, numbers, names) -> {
                int known = known(numbers, journal.last());
                if (known < numbers.length) {
                    journal.add(
                            Arrays.copyOfRange(numbers, known, numbers.length),
                            names.subList(known, names.size()),
                            Arrays.copyOfRange(model.vectors(batch), known, numbers.length));
                    say(journal.count(), of);
                }
            });
            finish(journal, data, output);
        }
    }

    /** How many of a batch are there already: none or all, unless batches have another size now. */
    private static int known(long[] numbers, long last) {
        int known = 0;
        while (known < numbers.length && numbers[known] <= last) {
            known++;
        }
        return known;
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
