package org.data2vec4j.eval.suite;

import java.util.List;
import java.util.function.Consumer;
import org.data2vec4j.data.Fingerprint;
import org.data2vec4j.data.audio.AudioBatch;
import org.data2vec4j.data.audio.AudioLoaderConfig;
import org.data2vec4j.data.audio.AudioReaderPass;
import org.data2vec4j.eval.Features;
import org.data2vec4j.eval.speech.AudioFeatures;
import org.data2vec4j.eval.speech.LabelledAudio;
import org.data2vec4j.model.modality.Input;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.train.modality.AudioModality;

/** Whole recordings by class or by speaker. */
public final class RecordingSamples implements Samples {
    private final LabelledAudio audio;
    private final AudioModality modality;
    private final AudioLoaderConfig reading;
    private final Consumer<String> warnings;

    /**
     * Some recordings.
     *
     * @param modality reading whole recordings
     * @param reading in order
     * @param warnings told of recordings that cannot be used
     */
    public RecordingSamples(
            LabelledAudio audio, AudioModality modality, AudioLoaderConfig reading, Consumer<String> warnings) {
        this.audio = audio;
        this.modality = modality;
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
        return index;
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
    public void each(Device device, Consumer<Input> work) {
        try (AudioReaderPass pass = new AudioReaderPass(audio.source(), reading, size(), warnings)) {
            for (AudioBatch batch : pass) {
                try (Scope scope = Scope.open()) {
                    work.accept(modality.of(batch, device));
                }
            }
        }
    }

    @Override
    public Features raw() {
        return new AudioFeatures(modality, reading, DType.F32, Device.CPU, message -> {}).logMel(audio);
    }

    @Override
    public String rawName() {
        return "log-mel";
    }
}
