package org.data2vec4j.audio;

import java.io.IOException;
import org.data2vec4j.audio.data.AudioSource;
import org.data2vec4j.audio.data.decode.AudioDecoder;
import org.data2vec4j.audio.eval.LogMelStatistics;
import org.data2vec4j.data.ffmpeg.ByteSource;
import org.data2vec4j.train.data.Preview;
import org.data2vec4j.train.data.SampleCollection;
import org.jspecify.annotations.Nullable;

/** The recordings of a source with the bytes of their files. */
final class RecordingCollection implements SampleCollection {
    private final AudioSource recordings;

    RecordingCollection(AudioSource recordings) {
        this.recordings = recordings;
    }

    @Override
    public int size() {
        return recordings.size();
    }

    @Override
    public String name(int index) {
        return recordings.name(index);
    }

    @Override
    public @Nullable String label(int index) {
        int label = recordings.label(index);
        return label < 0 ? null : recordings.classes().get(label);
    }

    @Override
    public byte[] read(int index) throws IOException {
        return recordings.file(index);
    }

    /** What is said, if that is known, and a picture of the spectrum over time. */
    @Override
    public Preview preview(int index, byte[] file) {
        String said = recordings.transcript(index);
        String name = recordings.name(index);
        String words = said == null ? name.substring(name.lastIndexOf('/') + 1) : said;
        try {
            return new Preview(words, LogMelStatistics.heatMap(AudioDecoder.decodeAt16Khz(ByteSource.of(file))));
        } catch (IOException e) {
            return new Preview(words, null); // who embeds the recording says why it cannot be read
        }
    }

    @Override
    public void close() {
        recordings.close();
    }
}
