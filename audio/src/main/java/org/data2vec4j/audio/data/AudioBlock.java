package org.data2vec4j.audio.data;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.data2vec4j.data.LoaderPosition;
import org.data2vec4j.data.SkippedSamples;
import org.data2vec4j.data.WorkerThreads;
import org.jspecify.annotations.Nullable;

/** A planned batch being read by several workers. */
final class AudioBlock {
    private final PlannedBatch plan;
    private final ClipReader reader;
    private final List<Future<float @Nullable []>> clips = new ArrayList<>();

    /** Hands all recordings to the workers and returns at once. */
    AudioBlock(PlannedBatch plan, ClipReader reader, WorkerThreads workers) {
        this.plan = plan;
        this.reader = reader;
        for (int sample : plan.samples()) {
            clips.add(workers.submit(() -> reader.read(sample, plan.epoch(), plan.crop())));
        }
    }

    LoaderPosition next() {
        return plan.next();
    }

    /** Waits for the recordings, notes the unusable ones, and gives the others. */
    Filled await(SkippedSamples skipped) {
        List<Integer> samples = new ArrayList<>();
        List<float[]> usable = new ArrayList<>();
        int passedOver = plan.unusable().size();
        plan.unusable().forEach(sample -> skipped.add(sample, reader::complaint));
        for (int i = 0; i < clips.size(); i++) {
            float[] clip = WorkerThreads.await(clips.get(i));
            if (clip == null) {
                skipped.add(plan.samples().get(i), reader::complaint);
                passedOver++;
            } else {
                samples.add(plan.samples().get(i));
                usable.add(clip);
            }
        }
        return new Filled(samples, usable, passedOver);
    }

    /** The usable recordings of a batch and the number of the others. */
    record Filled(List<Integer> samples, List<float[]> clips, int passedOver) {

        AudioBatch batch(AudioSource source, LoaderPosition next, int skippedBefore) {
            int count = samples.size();
            int width = clips.stream().mapToInt(clip -> clip.length).max().orElse(0);
            long[] ids = new long[count];
            int[] lengths = new int[count];
            int[] labels = new int[count];
            @Nullable String[] transcripts = new @Nullable String[count];
            float[] out = new float[Math.multiplyExact(count, width)];
            for (int i = 0; i < count; i++) {
                int sample = samples.get(i);
                ids[i] = sample;
                lengths[i] = clips.get(i).length;
                labels[i] = source.label(sample);
                transcripts[i] = source.transcript(sample);
                System.arraycopy(clips.get(i), 0, out, i * width, lengths[i]);
            }
            return new AudioBatch(ids, lengths, width, out, labels, transcripts, next, skippedBefore + passedOver);
        }
    }
}
