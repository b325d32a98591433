package org.data2vec4j.audio.recognition;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.data2vec4j.audio.data.AudioBatch;
import org.data2vec4j.audio.data.AudioLoaderConfig;
import org.data2vec4j.audio.data.AudioSource;
import org.data2vec4j.audio.data.SequentialAudioLoader;
import org.data2vec4j.evaluation.metric.ErrorRate;
import org.data2vec4j.model.encoder.Input;
import org.data2vec4j.model.mask.Layout;
import org.data2vec4j.tensor.Autocast;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.train.BatchConverter;

/** Runs a recogniser over recordings and compares with their transcripts. */
public final class Recognition {
    private final CtcModel model;
    private final BatchConverter inputs;
    private final DType products;
    private final Device device;

    /**
     * A recogniser.
     *
     * @param inputs how batches become inputs
     * @param products element type of products
     */
    public Recognition(CtcModel model, BatchConverter inputs, DType products, Device device) {
        this.model = model;
        this.inputs = inputs;
        this.products = products;
        this.device = device;
    }

    /** One recording: what was said as far as known, and what was understood. */
    public record Utterance(String name, String reference, String hypothesis) {
        /** Errors in words. */
        public ErrorRate words() {
            return ErrorRate.words(reference, hypothesis);
        }

        /** Errors in characters. */
        public ErrorRate characters() {
            return ErrorRate.characters(reference, hypothesis);
        }
    }

    /** All utterances of a measurement. */
    public record Result(List<Utterance> utterances, int skipped) {
        /** Errors in words over all utterances. */
        public ErrorRate words() {
            return utterances.stream().map(Utterance::words).reduce(ErrorRate.NONE, ErrorRate::plus);
        }

        /** Errors in characters over all utterances. */
        public ErrorRate characters() {
            return utterances.stream().map(Utterance::characters).reduce(ErrorRate.NONE, ErrorRate::plus);
        }
    }

    /**
     * Recognises every transcribed recording of a source.
     *
     * @param reading how recordings are read: whole, in order
     * @param decoder from log-probabilities (frames by letters) to text
     * @param warnings told of recordings that cannot be used
     */
    public Result run(
            AudioSource source,
            AudioLoaderConfig reading,
            Function<float[][], String> decoder,
            Consumer<String> warnings) {
        List<Utterance> utterances = new ArrayList<>();
        int skipped = 0;
        boolean training = model.encoder().training();
        model.train(false);
        try (SequentialAudioLoader pass = new SequentialAudioLoader(source, reading, source.size(), warnings)) {
            for (AudioBatch batch : pass) {
                skipped += batch.skipped();
                List<float[][]> logs = logProbabilities(batch);
                for (int i = 0; i < logs.size(); i++) {
                    String reference = batch.transcripts()[i];
                    if (reference != null) {
                        String name = source.name((int) batch.ids()[i]);
                        utterances.add(new Utterance(name, reference, decoder.apply(logs.get(i))));
                    }
                }
            }
        } finally {
            model.train(training);
        }
        return new Result(List.copyOf(utterances), skipped);
    }

    /** Log-probabilities of each recording of a batch, (frames, letters), padding left out. */
    public List<float[][]> logProbabilities(AudioBatch batch) {
        try (Scope scope = Scope.open()) {
            Input input = inputs.convert(batch, device);
            Layout layout = model.encoder().featureEncoder().layout(input);
            Tensor logs_BTV = Autocast.with(products, () -> model.logProbabilities(input));
            int letters = (int) logs_BTV.size(2);
            int frames = (int) logs_BTV.size(1);
            float[] values = logs_BTV.toFloats();
            List<float[][]> all = new ArrayList<>();
            for (int i = 0; i < batch.size(); i++) {
                float[][] rows = new float[layout.length(i)][letters];
                for (int t = 0; t < rows.length; t++) {
                    System.arraycopy(values, (i * frames + t) * letters, rows[t], 0, letters);
                }
                all.add(rows);
            }
            return all;
        }
    }
}
