package org.data2vec4j.embed;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.data2vec4j.Data2Vec;
import org.data2vec4j.audio.AudioModality;
import org.data2vec4j.audio.data.AudioBatch;
import org.data2vec4j.audio.data.AudioLoaderConfig;
import org.data2vec4j.audio.data.AudioSource;
import org.data2vec4j.audio.data.SelectedAudio;
import org.data2vec4j.audio.data.SequentialAudioLoader;
import org.data2vec4j.core.UserException;
import org.data2vec4j.data.Batch;
import org.data2vec4j.image.ImageModality;
import org.data2vec4j.image.data.ImageBatch;
import org.data2vec4j.image.data.ImageLoaderConfig;
import org.data2vec4j.image.data.ImageSource;
import org.data2vec4j.image.data.SequentialImageLoader;
import org.data2vec4j.text.TextModality;
import org.data2vec4j.train.TrainConfig;
import org.data2vec4j.train.data.Modality;

/**
 * The vectors of all samples of a source, in order, in a file; what cannot be read is left out and told. Stopped at any time, the same
 * command goes on where it was.
 */
public final class Embedding {
    private static final int AHEAD = 2;
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
            Modality modality = model.run().config().modality();
            if (modality instanceof ImageModality image) {
                images(image, data, output);
            } else if (modality instanceof AudioModality audio) {
                recordings(audio, data, output);
            } else if (modality instanceof TextModality) {
                texts(data, output);
            }
        } catch (UncheckedIOException e) {
            throw new UserException(
                    "cannot write " + output + ": " + e.getCause() + "; free some space or choose another output=FILE",
                    e);
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

    private TrainConfig train() {
        return model.run().config().train();
    }

    private void images(ImageModality image, String data, Path output) {
        ImageLoaderConfig reading = ImageLoaderConfig.evaluation(image.size(), train().batch(), image.normalization())
                .withThreads(train().workers(), AHEAD);
        try (ImageSource all = image.source(data, 0);
                EmbeddingJournal journal = journal(output, data, all.fingerprint())) {
            int from = from(journal);
            ImageSource rest = from == 0 ? all : new ImagesFrom(all, from);
            try (SequentialImageLoader pass = new SequentialImageLoader(rest, reading, rest.size(), messages)) {
                for (ImageBatch batch : pass) {
                    add(journal, batch, from, all::name, all.size());
                }
            }
            finish(journal, data, output);
        }
    }

    private void recordings(AudioModality audio, String data, Path output) {
        AudioLoaderConfig reading = model.reading(audio);
        try (AudioSource all = audio.uncropped().source(data, 0);
                EmbeddingJournal journal = journal(output, data, all.fingerprint())) {
            int from = from(journal);
            AudioSource rest = from == 0 ? all : SelectedAudio.from(all, from);
            try (SequentialAudioLoader pass = new SequentialAudioLoader(rest, reading, rest.size(), messages)) {
                for (AudioBatch batch : pass) {
                    add(journal, batch, from, all::name, all.size());
                }
            }
            finish(journal, data, output);
        }
    }

    /** The last known one is done again, so that a pass over the rest has something that can be read. */
    private static int from(EmbeddingJournal journal) {
        return (int) Math.max(0, journal.last());
    }

    private void add(EmbeddingJournal journal, Batch batch, int from, IntFunction<String> names, int all) {
        float[][] vectors = model.vectors(batch);
        for (int i = 0; i < vectors.length; i++) {
            int index = from + (int) batch.ids()[i];
            if (index > journal.last()) {
                journal.add(index, names.apply(index), vectors[i]);
            }
        }
        say(journal.count(), " of " + all);
    }

    private void texts(String data, Path output) {
        List<String> lines = new ArrayList<>();
        List<Integer> numbers = new ArrayList<>();
        Path file = Path.of(data);
        try (BufferedReader in = Files.newBufferedReader(file);
                EmbeddingJournal journal =
                        journal(output, data, Files.size(file) + " " + Files.getLastModifiedTime(file))) {
            int number = 0;
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                number++;
                if (!line.isBlank() && number > journal.last()) {
                    lines.add(line);
                    numbers.add(number);
                }
                if (lines.size() == train().batch()) {
                    flush(lines, numbers, journal);
                }
            }
            flush(lines, numbers, journal);
            finish(journal, data, output);
        } catch (IOException e) {
            throw new UserException(data + " cannot be read: " + e + "; give a file of UTF-8 text, a text a line", e);
        }
    }

    private void flush(List<String> lines, List<Integer> numbers, EmbeddingJournal journal) {
        float[][] vectors = model.texts(lines);
        for (int i = 0; i < vectors.length; i++) {
            journal.add(numbers.get(i), "line " + numbers.get(i), vectors[i]);
        }
        lines.clear();
        numbers.clear();
        say(journal.count(), "");
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
                    model.run().config().modality().samples(),
                    (done - known) / ((now - begun) / 1e9)));
        }
    }
}
