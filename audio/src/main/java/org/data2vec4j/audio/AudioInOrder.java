package org.data2vec4j.audio;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.data2vec4j.audio.data.AudioBatch;
import org.data2vec4j.audio.data.AudioLoaderConfig;
import org.data2vec4j.audio.data.AudioSource;
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

    /** Batches are planned over all recordings, so that they are the same wherever a visit begins. */
    @Override
    public void visitAfter(long last, Visitor visitor) {
        try (SequentialAudioLoader pass = new SequentialAudioLoader(all, reading, all.size(), messages)) {
            for (AudioBatch batch : pass.after((int) last)) {
                List<String> names = new ArrayList<>();
                for (long number : batch.ids()) {
                    names.add(all.name((int) number));
                }
                visitor.visit(batch, batch.ids(), names);
            }
        }
    }

    @Override
    public void close() {
        all.close();
    }
}
