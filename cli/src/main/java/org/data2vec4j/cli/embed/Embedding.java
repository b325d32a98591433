package org.data2vec4j.cli.embed;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.data2vec4j.core.UserException;
import org.data2vec4j.data.audio.AudioBatch;
import org.data2vec4j.data.audio.AudioLoaderConfig;
import org.data2vec4j.data.audio.AudioReaderPass;
import org.data2vec4j.data.audio.AudioSource;
import org.data2vec4j.data.audio.BatchSize;
import org.data2vec4j.data.image.ImageBatch;
import org.data2vec4j.data.image.ImageLoaderConfig;
import org.data2vec4j.data.image.ImageReaderPass;
import org.data2vec4j.data.image.ImageSource;
import org.data2vec4j.model.mask.Compat;
import org.data2vec4j.train.TrainConfig;
import org.data2vec4j.train.modality.AudioModality;
import org.data2vec4j.train.modality.ImageModality;
import org.data2vec4j.train.modality.Modality;
import org.data2vec4j.train.modality.TextModality;

/** The vectors of all samples of a source, in order, in a file; what cannot be read is left out and told. */
public final class Embedding {
    private static final int AHEAD = 2;

    private final Data2Vec model;
    private final Consumer<String> warnings;
    private int count;

    /** An embedding by a model. */
    public Embedding(Data2Vec model, Consumer<String> warnings) {
        this.model = model;
        this.warnings = warnings;
    }

    /**
     * Writes the vectors of {@code data}: pictures or recordings as in pre-training, or a text file of which each line that is not
     * blank is a text.
     *
     * @param output a file that ends in .npy or .csv
     * @return how many there are
     */
    public int write(String data, Path output) {
        count = 0;
        try (VectorSink sink = sink(output)) {
            Modality modality = model.run().config().modality();
            if (modality instanceof ImageModality image) {
                images(image, data, sink);
            } else if (modality instanceof AudioModality audio) {
                recordings(audio, data, sink);
            } else if (modality instanceof TextModality) {
                texts(data, sink);
            }
            if (count == 0) {
                throw new UserException(data + " has nothing to embed");
            }
            sink.finish();
        } catch (UncheckedIOException e) {
            throw new UserException(
                    "cannot write " + output + ": " + e.getCause() + "; free some space or choose another output=FILE",
                    e);
        }
        return count;
    }

    private VectorSink sink(Path output) {
        String name = String.valueOf(output.getFileName());
        if (name.endsWith(".npy")) {
            return new NpyFile(output, model.width());
        }
        if (name.endsWith(".csv")) {
            return new CsvFile(output, model.width());
        }
        throw new UserException("output is '" + output + "'; allowed: a file that ends in .npy or .csv");
    }

    private TrainConfig train() {
        return model.run().config().train();
    }

    private void images(ImageModality image, String data, VectorSink sink) {
        ImageLoaderConfig reading = ImageLoaderConfig.evaluation(image.size(), train().batch(), image.normalization())
                .withThreads(train().workers(), AHEAD);
        try (ImageSource source = image.source(data, 0);
                ImageReaderPass pass = new ImageReaderPass(source, reading, source.size(), warnings)) {
            for (ImageBatch batch : pass) {
                float[][] vectors = model.vectors(batch);
                for (int i = 0; i < vectors.length; i++) {
                    add(sink, source.name((int) batch.ids()[i]), vectors[i]);
                }
            }
        }
    }

    private void recordings(AudioModality audio, String data, VectorSink sink) {
        AudioModality whole = audio.uncropped();
        AudioLoaderConfig reading = whole.measuring(train());
        if (audio.frontEnd().compat() != Compat.NONE) {
            reading = reading.withBatch(new BatchSize.ByCount(1)); // padding would change the vectors, as it does there
        }
        try (AudioSource source = whole.source(data, 0);
                AudioReaderPass pass = new AudioReaderPass(source, reading, source.size(), warnings)) {
            for (AudioBatch batch : pass) {
                float[][] vectors = model.vectors(batch);
                for (int i = 0; i < vectors.length; i++) {
                    add(sink, source.name((int) batch.ids()[i]), vectors[i]);
                }
            }
        }
    }

    private void texts(String data, VectorSink sink) {
        List<String> lines = new ArrayList<>();
        List<Integer> numbers = new ArrayList<>();
        try (BufferedReader in = Files.newBufferedReader(Path.of(data))) {
            int number = 0;
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                number++;
                if (!line.isBlank()) {
                    lines.add(line);
                    numbers.add(number);
                }
                if (lines.size() == train().batch()) {
                    flush(lines, numbers, sink);
                }
            }
        } catch (IOException e) {
            throw new UserException(data + " cannot be read: " + e + "; give a file of UTF-8 text, a text a line", e);
        }
        flush(lines, numbers, sink);
    }

    private void flush(List<String> lines, List<Integer> numbers, VectorSink sink) {
        float[][] vectors = model.texts(lines);
        for (int i = 0; i < vectors.length; i++) {
            add(sink, "line " + numbers.get(i), vectors[i]);
        }
        lines.clear();
        numbers.clear();
    }

    private void add(VectorSink sink, String name, float[] vector) {
        sink.add(name, vector);
        count++;
    }
}
