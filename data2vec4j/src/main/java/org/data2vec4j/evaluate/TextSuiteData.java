package org.data2vec4j.evaluate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.data2vec4j.core.Check;
import org.data2vec4j.report.Picture;
import org.data2vec4j.run.LabelledSentences;
import org.data2vec4j.run.LoadedPretraining;
import org.data2vec4j.run.RunArguments;
import org.data2vec4j.text.TextModality;
import org.data2vec4j.text.data.LabelledData;
import org.data2vec4j.text.data.LabelledText;
import org.data2vec4j.text.eval.SentenceSamples;
import org.data2vec4j.text.finetune.SentenceData;
import org.data2vec4j.text.tokenizer.BpeTokenizer;
import org.jspecify.annotations.Nullable;

/** Labelled sentences for an evaluation. */
final class TextSuiteData {
    private TextSuiteData() {}

    static SuiteData open(LoadedPretraining run, TextModality text, RunArguments arguments, Consumer<String> warnings) {
        LabelledSentences sentences = LabelledSentences.open(arguments, "d2v evaluate measures", warnings);
        List<LabelledText> bank = some(sentences.bank(), arguments.number("bank", 10_000));
        List<LabelledText> test = some(sentences.test(), arguments.number("queries", 10_000));
        BpeTokenizer tokenizer = text.tokenizer(run.path());
        List<String> classes = sentences.bank().task().classes();
        int batch = run.config().train().batch();
        Map<String, String> reading = new LinkedHashMap<>();
        reading.put("input", "up to " + text.length() + " tokens");
        return new SuiteData(
                new SentenceSamples(bank, classes, text, tokenizer, batch),
                new SentenceSamples(test, classes, text, tokenizer, batch),
                reading,
                new Preview() {
                    @Override
                    public @Nullable Picture picture(int index) {
                        return null;
                    }

                    @Override
                    public String words(int index) {
                        LabelledText sentence = test.get(index);
                        return (Float.isNaN(sentence.target()) ? "" : classes.get((int) sentence.target()) + ": ")
                                + sentence.first()
                                + (sentence.second() == null ? "" : " / " + sentence.second());
                    }
                },
                () -> {});
    }

    private static List<LabelledText> some(LabelledData data, int most) {
        return SentenceData.some(data.texts(), Check.positive("evaluation limit", most), 0);
    }
}
