package org.data2vec4j.text.finetune;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.data2vec4j.data.Fingerprint;
import org.data2vec4j.data.LoaderPosition;
import org.data2vec4j.text.data.LabelledData;
import org.data2vec4j.text.data.LabelledSamples;
import org.data2vec4j.text.data.LabelledText;
import org.data2vec4j.text.data.TextLoader;
import org.data2vec4j.text.tokenizer.BpeTokenizer;
import org.data2vec4j.train.data.Dataset;

/** Labelled sentences to learn from, in memory. */
final class SentenceDataset implements Dataset {
    private final LabelledData data;
    private final List<LabelledText> texts;
    private final LabelledSamples samples;
    private final String fingerprint;
    private final int batch;
    private final long seed;

    /** The given texts of {@code data}. */
    SentenceDataset(
            LabelledData data, List<LabelledText> texts, BpeTokenizer tokenizer, int length, int batch, long seed) {
        this.data = data;
        this.texts = texts;
        this.samples = new LabelledSamples(texts, tokenizer, length);
        this.batch = batch;
        this.seed = seed;
        Fingerprint print = new Fingerprint()
                .add("sentences")
                .add(tokenizer.vocabulary().fingerprint())
                .add(length);
        for (LabelledText text : texts) {
            String second = text.second();
            print.add(text.first()).add(second == null ? "" : second).add("" + text.target());
        }
        this.fingerprint = print.hex();
    }

    @Override
    public int size() {
        return texts.size();
    }

    @Override
    public String description() {
        int classes = data.task().classes().size();
        return String.format(Locale.ROOT, "%,d texts", texts.size())
                + (classes == 0 ? " with numbers" : " in " + classes + " classes")
                + (data.skipped() == 0 ? "" : ", " + data.skipped() + " lines skipped");
    }

    @Override
    public String fingerprint() {
        return fingerprint;
    }

    @Override
    public TextLoader loader(LoaderPosition start, Consumer<String> warnings) {
        return new TextLoader(samples, batch, seed, start, data.complaints());
    }

    @Override
    public void close() {}
}
