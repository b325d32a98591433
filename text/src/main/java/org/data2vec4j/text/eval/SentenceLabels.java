package org.data2vec4j.text.eval;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.data2vec4j.core.UserException;
import org.data2vec4j.text.data.LabelColumns;
import org.data2vec4j.text.data.LabelledData;
import org.data2vec4j.text.data.LabelledText;
import org.data2vec4j.text.data.SentenceData;
import org.data2vec4j.text.data.TextTask;
import org.data2vec4j.text.tokenizer.BpeTokenizer;
import org.data2vec4j.train.BatchConverter;
import org.data2vec4j.train.data.LabelSpec;
import org.data2vec4j.train.data.LabelledSplit;

/**
 * Opens the labelled sentences that a run is measured on: lines {@code label sentence}, tables with the columns {@code text} and
 * {@code label}, or files of the GLUE task {@code task}.
 */
public final class SentenceLabels {
    private static final String EXAMPLE = "data=train.txt test=test.txt, files of lines 'label sentence'";

    private final BatchConverter inputs;
    private final BpeTokenizer tokenizer;
    private final int length;

    /**
     * Sentences that are read so.
     *
     * @param inputs how batches become inputs
     * @param length the most tokens of a sequence
     */
    public SentenceLabels(BatchConverter inputs, BpeTokenizer tokenizer, int length) {
        this.inputs = inputs;
        this.tokenizer = tokenizer;
        this.length = length;
    }

    /** Refuses a choice that names no sentences to measure on. */
    public static void check(LabelSpec spec) {
        require("data", spec.train());
        require("test", spec.test());
    }

    private static void require(String key, String value) {
        if (value.isEmpty()) {
            throw new UserException(key + "=… is missing, for example: " + EXAMPLE);
        }
    }

    /**
     * Reads them.
     *
     * @throws UserException if there are no labels, or they are not classes
     */
    public LabelledSplit open(LabelSpec spec, Consumer<String> warnings) {
        check(spec);
        String glue = spec.option("task", "");
        LabelColumns columns = new LabelColumns(spec.option("text", ""), spec.option("label", ""));
        LabelledData train = SentenceData.train(spec.train(), glue, columns, warnings);
        if (train.task().kind() == TextTask.Kind.REGRESSION) {
            throw new UserException("the task " + train.task().name()
                    + " has no classes; frozen features are measured by how well classes are told apart");
        }
        LabelledData test = SentenceData.test(spec.test(), glue, columns, train.task(), warnings);
        if (test.texts().stream().allMatch(sentence -> Float.isNaN(sentence.target()))) {
            throw new UserException(spec.test() + " has no labels to compare with; give the task's dev.tsv");
        }
        return new LabelledSplit(
                sentences(SentenceData.some(train.texts(), spec.trainLimit(), 0), train, spec),
                sentences(SentenceData.some(test.texts(), spec.testLimit(), 0), train, spec),
                Map.of("input", "up to " + length + " tokens"),
                () -> {});
    }

    private LabelledSentences sentences(List<LabelledText> texts, LabelledData train, LabelSpec spec) {
        return new LabelledSentences(
                texts,
                train.task().classes(),
                inputs,
                tokenizer,
                length,
                spec.loading().batch());
    }
}
