package org.data2vec4j.embed;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.data2vec4j.Data2Vec;
import org.data2vec4j.audio.data.AudioBatch;
import org.data2vec4j.audio.data.BatchSize;
import org.data2vec4j.audio.data.ClipRules;
import org.data2vec4j.audio.data.decode.AudioDecoder;
import org.data2vec4j.audio.data.decode.ByteSource;
import org.data2vec4j.core.Rng;
import org.data2vec4j.data.Batch;
import org.data2vec4j.data.LoaderPosition;
import org.data2vec4j.image.ImageModality;
import org.data2vec4j.image.data.Augmentation;
import org.data2vec4j.image.data.ImageBatch;
import org.data2vec4j.image.data.ImageDecoder;
import org.data2vec4j.image.data.ImageTransform;
import org.data2vec4j.image.data.RgbImage;
import org.data2vec4j.text.data.LabelledSamples;
import org.data2vec4j.text.data.LabelledText;
import org.data2vec4j.text.data.SequentialTextLoader;
import org.data2vec4j.text.tokenizer.BpeTokenizer;

/**
 * Pictures, recordings or texts, whichever the model was trained on, that are gathered one by one and embedded together; made by
 * {@link Data2Vec#batch()}. What cannot be used is refused when it is added, and the others are as they were. For one thread.
 */
public abstract sealed class VectorBatch {
    private final Data2Vec model;

    private VectorBatch(Data2Vec model) {
        this.model = model;
    }

    /**
     * Adds a picture or a recording by the bytes of its file, or a text by its UTF-8 bytes.
     *
     * @throws IOException whose message is the reason why it cannot be used
     */
    public abstract void add(byte[] file) throws IOException;

    /** Adds a text. */
    public void add(String text) throws IOException {
        throw new IOException(
                "the model was trained on " + model.modality().samples() + "; it has no vectors of texts");
    }

    /** How many have been added. */
    public abstract int size();

    /** Whether these are as many as are to be computed at once. */
    public abstract boolean full();

    /** What was added, as batches that can be computed at once. */
    abstract List<Batch> batches();

    abstract void clear();

    /** (B, D): the vectors of what was added, in that order; the batch is empty then. */
    public float[][] vectors() {
        List<float[]> vectors = new ArrayList<>();
        if (size() > 0) {
            batches().forEach(batch -> Collections.addAll(vectors, model.vectors(batch)));
        }
        clear();
        return vectors.toArray(float[][]::new);
    }

    /** The middles of pictures, at the model's size. */
    public static final class Pictures extends VectorBatch {
        private final ImageModality modality;
        private final ImageTransform transform;
        private final int most;
        private final List<float[]> pixels = new ArrayList<>();

        public Pictures(Data2Vec model, ImageModality modality, int most) {
            super(model);
            this.modality = modality;
            this.transform = new ImageTransform(modality.size(), Augmentation.EVALUATION, modality.normalization());
            this.most = most;
        }

        @Override
        public void add(byte[] file) throws IOException {
            add(ImageDecoder.decode(file, modality.exifOrientation()));
        }

        public void add(RgbImage picture) {
            float[] planes = new float[transform.length()];
            transform.apply(picture, Rng.of(0), planes, 0);
            pixels.add(planes);
        }

        @Override
        public int size() {
            return pixels.size();
        }

        @Override
        public boolean full() {
            return size() >= most;
        }

        @Override
        List<Batch> batches() {
            int height = modality.size().height();
            int width = modality.size().width();
            float[] all = joined(pixels, transform.length());
            return List.of(
                    new ImageBatch(new long[size()], new int[size()], 3, height, width, all, LoaderPosition.START, 0));
        }

        @Override
        void clear() {
            pixels.clear();
        }
    }

    /** Whole recordings, padded to the longest. */
    public static final class Recordings extends VectorBatch {
        private final ClipRules rules;
        private final BatchSize most;
        private final List<float[]> clips = new ArrayList<>();
        private int longest;

        public Recordings(Data2Vec model, ClipRules rules, BatchSize most) {
            super(model);
            this.rules = rules;
            this.most = most;
        }

        @Override
        public void add(byte[] file) throws IOException {
            add(AudioDecoder.decodeAt16Khz(ByteSource.of(file)).samples());
        }

        /** Adds samples at 16 kHz. */
        public void add(float[] samples) throws IOException {
            clips.add(rules.apply(samples));
            longest = Math.max(longest, samples.length);
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
        List<Batch> batches() {
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
            batches.add(padded(clips.subList(from, clips.size()), width));
            return batches;
        }

        private static AudioBatch padded(List<float[]> clips, int width) {
            int count = clips.size();
            int[] lengths = clips.stream().mapToInt(clip -> clip.length).toArray();
            return new AudioBatch(
                    new long[count],
                    lengths,
                    width,
                    joined(clips, width),
                    new int[count],
                    new String[count],
                    LoaderPosition.START,
                    0);
        }

        @Override
        void clear() {
            clips.clear();
            longest = 0;
        }
    }

    /** Texts, of which as much is read as the model's length allows. */
    public static final class Texts extends VectorBatch {
        private final BpeTokenizer tokenizer;
        private final int length;
        private final int most;
        private final List<LabelledText> texts = new ArrayList<>();

        public Texts(Data2Vec model, BpeTokenizer tokenizer, int length, int most) {
            super(model);
            this.tokenizer = tokenizer;
            this.length = length;
            this.most = most;
        }

        @Override
        public void add(byte[] file) {
            add(new String(file, StandardCharsets.UTF_8));
        }

        @Override
        public void add(String text) {
            texts.add(new LabelledText(text, null, Float.NaN));
        }

        @Override
        public int size() {
            return texts.size();
        }

        @Override
        public boolean full() {
            return size() >= most;
        }

        @Override
        List<Batch> batches() {
            LabelledSamples samples = new LabelledSamples(texts, tokenizer, length);
            return List.of(
                    new SequentialTextLoader(samples, size(), size()).iterator().next());
        }

        @Override
        void clear() {
            texts.clear();
        }
    }

    /** Rows one after the other, each filled up with zeros. */
    private static float[] joined(List<float[]> rows, int width) {
        float[] all = new float[Math.multiplyExact(rows.size(), width)];
        for (int i = 0; i < rows.size(); i++) {
            System.arraycopy(rows.get(i), 0, all, i * width, rows.get(i).length);
        }
        return all;
    }
}
