package org.data2vec4j.run;

import java.util.function.Consumer;
import org.data2vec4j.core.UserException;
import org.data2vec4j.text.data.LabelledData;
import org.data2vec4j.text.data.TextTask;
import org.data2vec4j.text.finetune.SentenceData;

/**
 * The labelled sentences that arguments name: {@code data}, {@code test} and {@code task}.
 *
 * @param bank sentences that classify
 * @param test sentences that are classified, some of them at least labelled
 */
public record LabelledSentences(LabelledData bank, LabelledData test) {
    private static final String EXAMPLE = "data=train.txt test=test.txt, files of lines 'label sentence'";

    /** Refuses arguments that name no sentences to measure on. */
    public static void check(RunArguments arguments) {
        arguments.require("data", EXAMPLE);
        arguments.require("test", EXAMPLE);
    }

    /**
     * Reads them.
     *
     * @param measuring who measures, for the error of a task without classes: {@code d2v evaluate measures}
     */
    public static LabelledSentences open(RunArguments arguments, String measuring, Consumer<String> warnings) {
        String glue = arguments.get("task", "");
        LabelledData bank = SentenceData.train(arguments.require("data", EXAMPLE), glue, warnings);
        if (bank.task().kind() == TextTask.Kind.REGRESSION) {
            throw new UserException("the task " + bank.task().name() + " has no classes; " + measuring
                    + " how well classes are told apart");
        }
        LabelledData test = SentenceData.test(arguments.require("test", EXAMPLE), glue, bank.task(), warnings);
        if (test.texts().stream().allMatch(sentence -> Float.isNaN(sentence.target()))) {
            throw new UserException(arguments.get("test") + " has no labels to compare with; give the task's dev.tsv");
        }
        return new LabelledSentences(bank, test);
    }
}
