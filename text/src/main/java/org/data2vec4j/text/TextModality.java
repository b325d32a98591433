package org.data2vec4j.text;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.data2vec4j.core.Check;
import org.data2vec4j.core.Kind;
import org.data2vec4j.core.Rng;
import org.data2vec4j.core.SettingException;
import org.data2vec4j.data.Batch;
import org.data2vec4j.data.LoaderPosition;
import org.data2vec4j.model.encoder.AttentionBiasConfig;
import org.data2vec4j.model.encoder.EncoderConfig;
import org.data2vec4j.model.encoder.FeatureEncoder;
import org.data2vec4j.model.encoder.Input;
import org.data2vec4j.model.encoder.PositionsConfig;
import org.data2vec4j.model.mask.Compat;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Tensors;
import org.data2vec4j.text.data.BlockSamples;
import org.data2vec4j.text.data.DocumentSamples;
import org.data2vec4j.text.data.TextBatch;
import org.data2vec4j.text.data.TextOptions;
import org.data2vec4j.text.data.TextSamples;
import org.data2vec4j.text.data.TextSource;
import org.data2vec4j.text.data.TextSources;
import org.data2vec4j.text.data.TokenCache;
import org.data2vec4j.text.eval.SentenceLabels;
import org.data2vec4j.text.model.TextConfig;
import org.data2vec4j.text.model.TextFeatureEncoder;
import org.data2vec4j.text.model.TextPositions;
import org.data2vec4j.text.tokenizer.BpeTokenizer;
import org.data2vec4j.text.tokenizer.TokenizerJson;
import org.data2vec4j.text.tokenizer.Tokenizers;
import org.data2vec4j.train.data.Companion;
import org.data2vec4j.train.data.InputReader;
import org.data2vec4j.train.data.LabelSpec;
import org.data2vec4j.train.data.LabelledSplit;
import org.data2vec4j.train.data.Modality;
import org.data2vec4j.train.data.OrderedSource;
import org.data2vec4j.train.data.PreparedData;
import org.data2vec4j.train.data.RunContext;
import org.data2vec4j.train.data.SampleCollection;
import org.jspecify.annotations.Nullable;

/**
 * Text.
 *
 * @param tokenizer a tokenizer.json or what else {@link org.data2vec4j.text.tokenizer.Tokenizers#open} takes; empty for one that is
 *     trained on the run's data and kept in the run directory as {@value #TOKENIZER}
 * @param vocabulary token numbers that the model knows, special ones included; at least the tokenizer's
 * @param length the longest sequence in tokens, special ones included
 * @param sequences what a sequence is
 * @param unit what a document of a .txt file is
 * @param field the text's name in .jsonl files
 * @param cache the folder of the file of tokens, which is made once for data and tokenizer; empty for the run directory
 * @param positions what a token's embedding says of its place
 * @param normEpsilon added to variances by the embedding's norm
 * @param dropout on the embedded tokens
 * @param maskSpecial whether the tokens that begin and end a text may be masked
 */
@Kind("text")
public record TextModality(
        String tokenizer,
        int vocabulary,
        int length,
        Sequences sequences,
        TextOptions.Unit unit,
        String field,
        String cache,
        TextPositions positions,
        double normEpsilon,
        double dropout,
        boolean maskSpecial)
        implements Modality {
    private static final int SPECIAL_TOKENS = 5; // which no random text has

    /** The file in a run directory that holds the run's own tokenizer. */
    public static final String TOKENIZER = "tokenizer.json";

    /** What a training sequence is. */
    public enum Sequences {
        /** As many tokens as fit, across documents (data2vec's for text). */
        BLOCKS,
        /** A document, cut where it is too long. */
        DOCUMENTS
    }

    /** Checks the ranges. */
    public TextModality {
        Check.inRange("vocabulary", vocabulary, 4, 10_000_000);
        Check.inRange("length", length, 8, 1 << 20);
        if (field.isEmpty()) {
            throw new SettingException("field", "is empty; give the name of the text in the lines of .jsonl files");
        }
        Check.positive("norm_epsilon", normEpsilon);
        Check.inRange("dropout", dropout, 0, 0.99);
    }

    /** The published base settings, with a tokenizer of the run's own. */
    public static TextModality defaults() {
        return of(50_265, 512);
    }

    /** The published settings at a vocabulary and a length. */
    public static TextModality of(int vocabulary, int length) {
        return new TextModality(
                "",
                vocabulary,
                length,
                Sequences.BLOCKS,
                TextOptions.Unit.FILE,
                "text",
                "",
                TextPositions.LEARNED,
                1e-5,
                0.1,
                false);
    }

    /** The same with another tokenizer. */
    public TextModality withTokenizer(String other) {
        return new TextModality(
                other, vocabulary, length, sequences, unit, field, cache, positions, normEpsilon, dropout, maskSpecial);
    }

    /** The same with another dropout on the embedded tokens. */
    public TextModality withDropout(double other) {
        return new TextModality(
                tokenizer,
                vocabulary,
                length,
                sequences,
                unit,
                field,
                cache,
                positions,
                normEpsilon,
                other,
                maskSpecial);
    }

    /** What the encoder's feature encoder is built from: RoBERTa's numbers of the special tokens, {@code length} places. */
    public TextConfig text() {
        return new TextConfig(vocabulary, length, positions, 0, 1, 2, normEpsilon, dropout, maskSpecial, Compat.NONE);
    }

    @Override
    public void checkFits(EncoderConfig encoder) {
        if (positions == TextPositions.NONE
                && encoder.positions() instanceof PositionsConfig.None
                && encoder.bias() instanceof AttentionBiasConfig.None) {
            throw new SettingException(
                    "positions",
                    "is none and so are model.positions and model.bias: nothing tells words their order;"
                            + " set text.positions=learned, or model.positions.kind=conv and model.bias.kind=alibi");
        }
    }

    @Override
    public String samples() {
        return "texts";
    }

    @Override
    public Supplier<FeatureEncoder> featureEncoder(int width) {
        return () -> new TextFeatureEncoder(text(), width);
    }

    @Override
    public TextDataset open(String data, RunContext run) {
        TextSource source = TextSources.open(data, new TextOptions(unit, field, run.seed()));
        BpeTokenizer words = new RunTokenizer(this, run.folder()).orTrained(source, run.messages());
        TokenCache tokens = TokenCache.open(
                source,
                words,
                cache.isEmpty() ? run.folder() : Path.of(cache),
                Runtime.getRuntime().availableProcessors(),
                run.messages());
        return new TextDataset(tokens, cut(tokens), this, run.train().batch(), run.seed());
    }

    @Override
    public OrderedSource openInOrder(String data, RunContext run) {
        TextSource source = TextSources.open(data, new TextOptions(TextOptions.Unit.LINE, field, run.seed()));
        return new TextsInOrder(source, readers(run).get(), run.messages());
    }

    @Override
    public SampleCollection collection(String data, RunContext run) {
        return LineCollection.open(Path.of(data));
    }

    @Override
    public Supplier<InputReader> readers(RunContext run) {
        return readers(tokenizer(run.folder()), length, run.train().batch());
    }

    /**
     * Makes readers of single texts.
     *
     * @param longest the tokens of a text, special ones included; what is longer is cut
     * @param most how many texts are to be computed at once
     */
    public Supplier<InputReader> readers(BpeTokenizer tokenizer, int longest, int most) {
        return () -> new TextInputReader(this, tokenizer, longest, most);
    }

    @Override
    public Batch random(Rng rng, long[] ids) {
        int[] lengths = new int[ids.length];
        Arrays.fill(lengths, length);
        int[] tokens = new int[ids.length * length];
        for (int i = 0; i < tokens.length; i++) {
            tokens[i] = SPECIAL_TOKENS + rng.nextInt(vocabulary - SPECIAL_TOKENS);
        }
        return new TextBatch(ids, lengths, length, tokens, LoaderPosition.START);
    }

    @Override
    public String inputSize() {
        return "up to " + length + " tokens";
    }

    /** The tokenizer; a fine-tuned run has its own copy, whatever the recipe says. */
    @Override
    public Companion companion(Path run) {
        return new Companion("tokenizer", TOKENIZER, file -> {
            TextModality own = Files.isRegularFile(run.resolve(TOKENIZER)) ? withTokenizer("") : this;
            TokenizerJson.write(own.tokenizer(run), file);
        });
    }

    @Override
    public boolean importCompanion(Path folder, Path run) {
        if (!Files.exists(folder.resolve(TOKENIZER)) && !Files.exists(folder.resolve("vocab.json"))) {
            return false;
        }
        TokenizerJson.write(Tokenizers.open(folder.toString()), run.resolve(TOKENIZER));
        return true;
    }

    @Override
    public @Nullable PreparedData prepared(Path run) {
        return tokenizer.isEmpty() && cache.isEmpty() ? new SharedTokens(run) : null;
    }

    private TextSamples cut(TokenCache tokens) {
        return sequences == Sequences.BLOCKS ? new BlockSamples(tokens, length) : new DocumentSamples(tokens, length);
    }

    /** The tokenizer of a run directory that was trained in. */
    public BpeTokenizer tokenizer(Path run) {
        return new RunTokenizer(this, run).existing();
    }

    @Override
    public void checkLabels(LabelSpec spec) {
        SentenceLabels.check(spec);
    }

    @Override
    public LabelledSplit labelled(LabelSpec spec, Consumer<String> warnings) {
        checkLabels(spec); // before the tokenizer is read
        return new SentenceLabels(this, tokenizer(spec.run()), length).open(spec, warnings);
    }

    @Override
    public Input convert(Batch batch, Device device) {
        TextBatch texts = (TextBatch) batch;
        long[] numbers = new long[texts.tokens().length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = texts.tokens()[i];
        }
        return new Input(Tensors.of(numbers, texts.size(), texts.width()).to(device), texts.ids(), texts.lengths());
    }

    @Override
    public Input placeholder(Device device) {
        long[] tokens = new long[Math.min(length, 8)];
        Arrays.fill(tokens, vocabulary - 1L);
        return new Input(Tensors.of(tokens, 1, tokens.length).to(device), new long[] {0}, new int[] {tokens.length});
    }
}
