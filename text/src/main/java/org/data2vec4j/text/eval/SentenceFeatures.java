package org.data2vec4j.text.eval;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.data2vec4j.evaluation.probe.Features;
import org.data2vec4j.evaluation.probe.LayerMeans;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensors;
import org.data2vec4j.text.data.LabelledSamples;
import org.data2vec4j.text.data.SequentialTextLoader;
import org.data2vec4j.text.data.TextBatch;
import org.data2vec4j.train.BatchConverter;

/** Frozen features of sentences, one vector for each layer. Shapes: N sentences, D. */
public final class SentenceFeatures {
    /** Counters of the control. */
    private static final int BUCKETS_LOG2 = 10;

    private final BatchConverter inputs;
    private final int batch;
    private final DType products;
    private final Device device;

    /**
     * How features are computed.
     *
     * @param inputs how batches become inputs
     * @param batch sentences at a time
     * @param products element type of products
     */
    public SentenceFeatures(BatchConverter inputs, int batch, DType products, Device device) {
        this.inputs = inputs;
        this.batch = batch;
        this.products = products;
        this.device = device;
    }

    /** The mean over tokens of every block's output, in the scope open now: an entry of (N, D) for each block. */
    public List<Features> layers(Encoder encoder, LabelledSamples sentences) {
        boolean training = encoder.training();
        encoder.train(false);
        LayerMeans means = new LayerMeans();
        try {
            for (TextBatch texts : new SequentialTextLoader(sentences, batch, sentences.count())) {
                try (Scope scope = Scope.open()) {
                    means.add(encoder, inputs.of(texts, device), products);
                }
            }
        } finally {
            encoder.train(training);
        }
        return means.features(labels(sentences), ids(sentences));
    }

    /** The control that learned nothing: how often each token occurs, tokens falling into 1,024 buckets, (N, 1024). */
    public Features bagOfTokens(LabelledSamples sentences) {
        int buckets = 1 << BUCKETS_LOG2;
        float[] counts = new float[sentences.count() * buckets];
        for (int i = 0; i < sentences.count(); i++) {
            int[] tokens = new int[sentences.length(i)];
            sentences.copy(i, tokens, 0);
            for (int token : tokens) {
                // Fibonacci hashing: neighbouring numbers, which are alike in frequency, fall far apart.
                counts[i * buckets + ((token * 0x9E3779B1) >>> (Integer.SIZE - BUCKETS_LOG2))]++;
            }
        }
        return new Features(Tensors.of(counts, sentences.count(), buckets), labels(sentences), ids(sentences));
    }

    private static int[] labels(LabelledSamples sentences) {
        return IntStream.range(0, sentences.count())
                .map(i -> Float.isNaN(sentences.target(i)) ? -1 : (int) sentences.target(i))
                .toArray();
    }

    private static long[] ids(LabelledSamples sentences) {
        return LongStream.range(0, sentences.count()).toArray();
    }
}
