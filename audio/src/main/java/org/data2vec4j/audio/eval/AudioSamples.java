package org.data2vec4j.audio.eval;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.data2vec4j.audio.data.AudioBatch;
import org.data2vec4j.audio.data.AudioLoaderConfig;
import org.data2vec4j.audio.data.SelectedAudio;
import org.data2vec4j.audio.data.SequentialAudioLoader;
import org.data2vec4j.data.Fingerprint;
import org.data2vec4j.model.encoder.Input;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.train.BatchConverter;
import org.data2vec4j.train.data.LabelledDataset;
import org.data2vec4j.train.data.Preview;

/** Whole recordings by class or by speaker. */
public final class AudioSamples implements LabelledDataset {
    private final LabelledAudio audio;
    private final BatchConverter inputs;
    private final AudioLoaderConfig reading;
    private final Consumer<String> warnings;

    /**
     * Some recordings.
     *
     * @param inputs how batches become inputs
     * @param reading how recordings are read: whole, in order
     * @param warnings told of recordings that cannot be used
     */
    public AudioSamples(
            LabelledAudio audio, BatchConverter inputs, AudioLoaderConfig reading, Consumer<String> warnings) {
        this.audio = audio;
        this.inputs = inputs;
        this.reading = reading;
        this.warnings = warnings;
    }

    @Override
    public int size() {
        return audio.source().size();
    }

    @Override
    public List<String> classes() {
        return audio.classes();
    }

    @Override
    public int label(int index) {
        return audio.labels()[index];
    }

    @Override
    public long id(int index) {
        return audio.source() instanceof SelectedAudio selected ? selected.sourceIndex(index) : index;
    }

    @Override
    public String fingerprint() {
        Fingerprint print =
                new Fingerprint().add("recordings").add(audio.source().fingerprint());
        for (int label : audio.labels()) {
            print.add(label);
        }
        return print.hex();
    }

    @Override
    public void forEachBatch(Device device, Consumer<Input> work) {
        try (SequentialAudioLoader pass = new SequentialAudioLoader(audio.source(), reading, size(), warnings)) {
            for (AudioBatch batch : pass) {
                try (Scope scope = Scope.open()) {
                    work.accept(inputs.convert(batch, device));
                }
            }
        }
    }

    @Override
    public Tensor baselineFeatures(Input batch) {
        return LogMelStatistics.of(batch);
    }

    @Override
    public String baselineName() {
        return "log-mel";
    }

    @Override
    public Preview preview(int index) {
        int label = audio.labels()[index];
        String said = audio.source().transcript(index);
        String name = audio.source().name(index);
        String words = (label < 0 ? "" : audio.classes().get(label) + ", ")
                + (said == null ? "" : "“" + said + "”, ")
                + name.substring(name.lastIndexOf('/') + 1);
        try {
            return new Preview(words, LogMelStatistics.heatMap(audio.source().read(index)));
        } catch (IOException e) {
            return new Preview(words, null); // the pass over all of them told of it
        }
    }
}
