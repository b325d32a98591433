package org.data2vec4j.audio;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.data2vec4j.audio.data.AudioBatch;
import org.data2vec4j.audio.data.AudioLoaderConfig;
import org.data2vec4j.audio.data.BatchSize;
import org.data2vec4j.audio.data.ClipRules;
import org.data2vec4j.audio.data.decode.AudioDecoder;
import org.data2vec4j.audio.data.decode.AudioResampler;
import org.data2vec4j.audio.data.decode.AudioStream;
import org.data2vec4j.core.Check;
import org.data2vec4j.core.UserException;
import org.data2vec4j.data.Batch;
import org.data2vec4j.data.LoaderPosition;
import org.data2vec4j.data.ffmpeg.ByteSource;
import org.data2vec4j.train.data.InputReader;

/** Whole single recordings at 16 kHz, padded to the longest of a batch. */
final class AudioInputReader implements InputReader {
    private final String samples;
    private final ClipRules rules;
    private final BatchSize most;
    private final List<float[]> clips = new ArrayList<>();
    private int longest;

    /** An empty reader of recordings that are prepared, and gathered, as for this loader. */
    AudioInputReader(String samples, AudioLoaderConfig reading) {
        this.samples = samples;
        this.rules = reading.rules();
        this.most = reading.batch();
    }

    @Override
    public String samples() {
        return samples;
    }

    @Override
    public void add(byte[] file) {
        try {
            add(AudioDecoder.decodeAt16Khz(ByteSource.of(file)).samples());
        } catch (IOException e) {
            throw new UserException(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public void add(float[] signal, int sampleRate) {
        Check.inRange("the sample rate", sampleRate, 1_000, 1_000_000);
        try {
            add(AudioResampler.resample(signal, sampleRate, AudioStream.SAMPLE_RATE));
        } catch (IOException e) {
            throw new UserException(String.valueOf(e.getMessage()), e);
        }
    }

    private void add(float[] signal) throws IOException {
        clips.add(rules.apply(signal));
        longest = Math.max(longest, signal.length);
    }

    @Override
    public int size() {
        return clips.size();
    }

    /** Also if there is no room for one more that is as long. */
    @Override
    public boolean full() {
        return size() > 0 && !most.allows(size() + 1, longest);
    }

    /** Cut where a long recording would widen the short ones beyond what is to be computed at once. */
    @Override
    public List<Batch> take() {
        List<Batch> batches = new ArrayList<>();
        int from = 0;
        int width = 0;
        for (int i = 0; i < clips.size(); i++) {
            int length = clips.get(i).length;
            if (i > from && !most.allows(i + 1 - from, Math.max(width, length))) {
                batches.add(padded(clips.subList(from, i), width));
                from = i;
                width = 0;
            }
            width = Math.max(width, length);
        }
        if (!clips.isEmpty()) {
            batches.add(padded(clips.subList(from, clips.size()), width));
        }
        clips.clear();
        longest = 0;
        return batches;
    }

    private static AudioBatch padded(List<float[]> clips, int width) {
        int count = clips.size();
        float[] all = new float[Math.multiplyExact(count, width)];
        for (int i = 0; i < count; i++) {
            System.arraycopy(clips.get(i), 0, all, i * width, clips.get(i).length);
        }
        int[] lengths = clips.stream().mapToInt(clip -> clip.length).toArray();
        return new AudioBatch(
                new long[count], lengths, width, all, new int[count], new String[count], LoaderPosition.START, 0);
    }
}
