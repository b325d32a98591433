package org.data2vec4j.audio;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.data2vec4j.audio.data.AudioBatch;
import org.data2vec4j.audio.data.AudioLoaderConfig;
import org.data2vec4j.audio.data.AudioSource;
import org.data2vec4j.audio.data.SelectedAudio;
import org.data2vec4j.audio.data.SequentialAudioLoader;
import org.data2vec4j.train.data.OrderedSource;

/** The whole recordings of a source; those that cannot be read are left out and told. */
final class AudioInOrder implements OrderedSource {
    private final AudioSource all;
    private final AudioLoaderConfig reading;
    private final Consumer<String> messages;

    AudioInOrder(AudioSource all, AudioLoaderConfig reading, Consumer<String> messages) {
        this.all = all;
        this.reading = reading;
        this.messages = messages;
    }

    @Override
    public int size() {
        return all.size();
    }

    @Override
    public String fingerprint() {
        return all.fingerprint();
    }

    /** The last one is visited again, so that a pass over the rest has something that can be read. */
    @Override
    public void visitAfter(long last, Visitor visitor) {
        int from = (int) Math.max(0, last);
        AudioSource rest = from == 0 ? all : SelectedAudio.from(all, from);
        try (SequentialAudioLoader pass = new SequentialAudioLoader(rest, reading, rest.size(), messages)) {
            for (AudioBatch batch : pass) {
                long[] numbers = batch.ids().clone();
                List<String> names = new ArrayList<>();
                for (int i = 0; i < numbers.length; i++) {
                    numbers[i] += from;
                    names.add(all.name((int) numbers[i]));
                }
                visitor.visit(batch, numbers, names);
            }
        }
    }

    @Override
    public void close() {
        all.close();
    }
}
