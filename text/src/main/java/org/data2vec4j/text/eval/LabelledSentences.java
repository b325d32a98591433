package org.data2vec4j.text.eval;

import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.data2vec4j.data.Fingerprint;
import org.data2vec4j.model.encoder.Input;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.Tensors;
import org.data2vec4j.text.data.LabelledSamples;
import org.data2vec4j.text.data.LabelledText;
import org.data2vec4j.text.data.SequentialTextLoader;
import org.data2vec4j.text.data.TextBatch;
import org.data2vec4j.text.tokenizer.BpeTokenizer;
import org.data2vec4j.train.BatchConverter;
import org.data2vec4j.train.data.LabelledDataset;
import org.data2vec4j.train.data.Preview;

/** Labelled sentences, or pairs of them. */
public final class LabelledSentences implements LabelledDataset {
    /** Counters of the control. */
    private static final int BUCKETS_LOG2 = 10;

    private final List<LabelledText> texts;
    private final List<String> classes;
    private final LabelledSamples tokens;
    private final BatchConverter inputs;
    private final int batch;

    /**
     * Some sentences, tokenised at once.
     *
     * @param classes the names of the classes
     * @param inputs how batches become inputs
     * @param length the most tokens of a sequence
     * @param batch sentences at a time
     */
    public LabelledSentences(
            List<LabelledText> texts,
            List<String> classes,
            BatchConverter inputs,
            BpeTokenizer tokenizer,
            int length,
            int batch) {
        this.texts = List.copyOf(texts);
        this.classes = List.copyOf(classes);
        this.tokens = new LabelledSamples(texts, tokenizer, length);
        this.inputs = inputs;
        this.batch = batch;
    }

    @Override
    public int size() {
        return texts.size();
    }

    @Override
    public List<String> classes() {
        return classes;
    }

    @Override
    public int label(int index) {
        float target = texts.get(index).target();
        return Float.isNaN(target) ? -1 : (int) target;
    }

    @Override
    public long id(int index) {
        return index;
    }

    /** Of the text, not its tokens: two runs with tokenizers of their own are measured on the same. */
    @Override
    public String fingerprint() {
        Fingerprint print = new Fingerprint().add("sentences");
        for (int i = 0; i < texts.size(); i++) {
            String second = texts.get(i).second();
            print.add(texts.get(i).first()).add(second == null ? "" : second).add(label(i));
        }
        return print.hex();
    }

    @Override
    public void forEachBatch(Device device, Consumer<Input> work) {
        for (TextBatch sentences : new SequentialTextLoader(tokens, batch, tokens.count())) {
            try (Scope scope = Scope.open()) {
                work.accept(inputs.convert(sentences, device));
            }
        }
    }

    /** How often each token occurs, tokens falling into 1,024 buckets, (B, 1024). */
    @Override
    public Tensor baselineFeatures(Input sentences) {
        int buckets = 1 << BUCKETS_LOG2;
        int size = sentences.ids().length;
        int[] lengths = Objects.requireNonNull(sentences.lengths());
        long[] numbers = sentences.source().toLongs();
        float[] counts = new float[size * buckets];
        for (int i = 0; i < size; i++) {
            for (int t = 0; t < lengths[i]; t++) {
                int token = (int) numbers[i * (numbers.length / size) + t];
                // Fibonacci hashing: neighbouring numbers, which are alike in frequency, fall far apart.
                counts[i * buckets + ((token * 0x9E3779B1) >>> (Integer.SIZE - BUCKETS_LOG2))]++;
            }
        }
        return Tensors.of(counts, size, buckets);
    }

    @Override
    public String baselineName() {
        return "bag of tokens";
    }

    @Override
    public Preview preview(int index) {
        LabelledText sentence = texts.get(index);
        int label = label(index);
        return new Preview(
                (label < 0 ? "" : classes.get(label) + ": ")
                        + sentence.first()
                        + (sentence.second() == null ? "" : " / " + sentence.second()),
                null);
    }
}
