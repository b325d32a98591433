package org.data2vec4j.audio.eval;

import java.util.List;
import java.util.function.Consumer;
import org.data2vec4j.audio.AudioModality;
import org.data2vec4j.audio.data.AudioBatch;
import org.data2vec4j.audio.data.AudioLoaderConfig;
import org.data2vec4j.audio.data.SequentialAudioLoader;
import org.data2vec4j.data.Fingerprint;
import org.data2vec4j.evaluation.probe.Features;
import org.data2vec4j.evaluation.suite.Samples;
import org.data2vec4j.model.encoder.Input;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Scope;

/** Whole recordings by class or by speaker. */
public final class AudioSamples implements Samples {
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
    public AudioSamples(
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
        try (SequentialAudioLoader pass = new SequentialAudioLoader(audio.source(), reading, size(), warnings)) {
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
