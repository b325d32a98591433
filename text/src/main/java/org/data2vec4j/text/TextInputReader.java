package org.data2vec4j.text;

import java.util.ArrayList;
import java.util.List;
import org.data2vec4j.core.UserException;
import org.data2vec4j.data.Batch;
import org.data2vec4j.data.text.Utf8Lines;
import org.data2vec4j.text.data.LabelledSamples;
import org.data2vec4j.text.data.LabelledText;
import org.data2vec4j.text.data.SequentialTextLoader;
import org.data2vec4j.text.tokenizer.BpeTokenizer;
import org.data2vec4j.train.data.InputReader;

/** Single texts, of which as much is read as the model's length allows; a file is taken for one text in UTF-8. */
final class TextInputReader implements InputReader {
    private final TextModality modality;
    private final BpeTokenizer tokenizer;
    private final int longest;
    private final int most;
    private final List<LabelledText> texts = new ArrayList<>();

    /**
     * An empty reader.
     *
     * @param longest the tokens of a text, special ones included
     * @param most how many texts are to be computed at once
     */
    TextInputReader(TextModality modality, BpeTokenizer tokenizer, int longest, int most) {
        this.modality = modality;
        this.tokenizer = tokenizer;
        this.longest = longest;
        this.most = most;
    }

    @Override
    public String samples() {
        return modality.samples();
    }

    @Override
    public void add(byte[] file) {
        String text = Utf8Lines.text(file);
        if (text == null) {
            throw new UserException("it is not UTF-8 text");
        }
        add(text);
    }

    @Override
    public boolean takesText() {
        return true;
    }

    @Override
    public void add(String text) {
        texts.add(new LabelledText(text, null, Float.NaN));
    }

    @Override
    public void add(String first, String second) {
        texts.add(new LabelledText(first, second, Float.NaN));
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
    public List<Batch> take() {
        if (texts.isEmpty()) {
            return List.of();
        }
        LabelledSamples samples = new LabelledSamples(texts, tokenizer, longest);
        Batch batch = new SequentialTextLoader(samples, texts.size(), texts.size())
                .iterator()
                .next();
        texts.clear();
        return List.of(batch);
    }
}
