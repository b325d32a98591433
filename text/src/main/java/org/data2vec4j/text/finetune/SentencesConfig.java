package org.data2vec4j.text.finetune;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.data2vec4j.core.Check;
import org.data2vec4j.core.Kind;
import org.data2vec4j.evaluation.finetune.FineTuneConfig;
import org.data2vec4j.evaluation.finetune.TaskConfig;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.model.encoder.EncoderConfig;
import org.data2vec4j.model.encoder.FeatureEncoder;
import org.data2vec4j.model.task.classify.ClassifierConfig;
import org.data2vec4j.model.task.classify.ClassifierModel;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.text.TextModality;
import org.data2vec4j.text.data.GlueTask;
import org.data2vec4j.text.data.LabelColumns;
import org.data2vec4j.train.data.InputReader;
import org.data2vec4j.train.data.Modality;
import org.data2vec4j.train.data.RunContext;
import org.data2vec4j.train.run.PretrainConfig;
import org.jspecify.annotations.Nullable;

/**
 * Classes, or one number, for sentences or pairs of them.
 *
 * @param glue the GLUE task whose published .tsv files are read, such as {@code cola}; empty for files of lines
 *     {@code label sentence} and tables
 * @param text the column of the text in a table; empty for the usual names
 * @param label the column of the label in a table; empty for the usual names
 * @param length the longest sequence in tokens, special ones included; longer texts are cut
 * @param dropout on embedded tokens, attention weights and branches while the task is learned; null for the pre-training run's
 * @param classifier what makes scores of the encoder's features
 */
@Kind("sentences")
public record SentencesConfig(
        String glue,
        String text,
        String label,
        int length,
        @Nullable Double dropout,
        ClassifierConfig classifier) implements TaskConfig {
    /** Checks the ranges, and that there is such a task. */
    public SentencesConfig {
        if (!glue.isEmpty()) {
            GlueTask.named(glue);
        }
        Check.inRange("length", length, 8, 1 << 20);
        if (dropout != null) {
            Check.inRange("dropout", dropout.doubleValue(), 0, 0.99);
        }
    }

    /** Lines {@code label sentence} of up to 128 tokens, RoBERTa's head and dropout. */
    public static SentencesConfig defaults() {
        return new SentencesConfig("", "", "", 128, 0.1, ClassifierConfig.defaults());
    }

    /** The columns of tables. */
    public LabelColumns columns() {
        return new LabelColumns(text, label);
    }

    @Override
    public SentenceTask open(
            FineTuneConfig config, PretrainConfig pretrain, DType products, Device device, Consumer<String> warnings) {
        return new SentenceTask(config, this, pretrain, products, device, warnings);
    }

    @Override
    public ClassifierModel model(
            EncoderConfig encoder, Supplier<FeatureEncoder> features, int outputs, long seed, Device device) {
        return new ClassifierModel(
                classifier, () -> new Encoder(features.get(), encoder), Math.max(1, outputs), seed, device);
    }

    @Override
    public String outputs() {
        return SentenceTask.CLASSES;
    }

    /** Single sentences and pairs of them, cut to {@code length} tokens of the tokenizer that the run keeps. */
    @Override
    public Supplier<InputReader> readers(Modality modality, RunContext run) {
        return modality instanceof TextModality text
                ? text.readers(
                        text.withTokenizer("").tokenizer(run.folder()),
                        length,
                        run.train().batch())
                : modality.readers(run);
    }
}
