package org.data2vec4j.text.eval;

import java.util.List;
import java.util.function.Consumer;
import org.data2vec4j.data.Fingerprint;
import org.data2vec4j.evaluation.probe.Features;
import org.data2vec4j.evaluation.suite.Samples;
import org.data2vec4j.model.encoder.Input;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.text.TextModality;
import org.data2vec4j.text.data.LabelledSamples;
import org.data2vec4j.text.data.LabelledText;
import org.data2vec4j.text.data.SequentialTextLoader;
import org.data2vec4j.text.data.TextBatch;
import org.data2vec4j.text.tokenizer.BpeTokenizer;

/** Labelled sentences, or pairs of them. */
public final class SentenceSamples implements Samples {
    private final List<LabelledText> texts;
    private final List<String> classes;
    private final LabelledSamples tokens;
    private final TextModality modality;
    private final int batch;

    /**
     * Some sentences, tokenised at once.
     *
     * @param classes the classes' names
     * @param batch sentences at a time
     */
    public SentenceSamples(
            List<LabelledText> texts, List<String> classes, TextModality modality, BpeTokenizer tokenizer, int batch) {
        this.texts = List.copyOf(texts);
        this.classes = List.copyOf(classes);
        this.tokens = new LabelledSamples(texts, tokenizer, modality.length());
        this.modality = modality;
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
    public void each(Device device, Consumer<Input> work) {
        for (TextBatch texts : new SequentialTextLoader(tokens, batch, tokens.count())) {
            try (Scope scope = Scope.open()) {
                work.accept(modality.of(texts, device));
            }
        }
    }

    @Override
    public Features raw() {
        return new SentenceFeatures(modality, batch, DType.F32, Device.CPU).bagOfTokens(tokens);
    }

    @Override
    public String rawName() {
        return "bag of tokens";
    }
}
