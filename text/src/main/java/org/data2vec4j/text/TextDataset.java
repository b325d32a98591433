package org.data2vec4j.text;

import java.util.Locale;
import java.util.function.Consumer;
import org.data2vec4j.data.Fingerprint;
import org.data2vec4j.data.LoaderPosition;
import org.data2vec4j.data.Shard;
import org.data2vec4j.text.data.TextLoader;
import org.data2vec4j.text.data.TextSamples;
import org.data2vec4j.text.data.TokenCache;
import org.data2vec4j.train.data.Dataset;

/** Opened text: sequences of tokens in a mapped file. */
public final class TextDataset implements Dataset {
    private final TokenCache tokens;
    private final TextSamples samples;
    private final TextModality text;
    private final int batch;
    private final long seed;

    /**
     * Sequences of a file of tokens.
     *
     * @param samples the sequences, cut as {@code text} says
     * @param batch sequences of a batch
     * @param seed of their order
     */
    TextDataset(TokenCache tokens, TextSamples samples, TextModality text, int batch, long seed) {
        this.tokens = tokens;
        this.samples = samples;
        this.text = text;
        this.batch = batch;
        this.seed = seed;
    }

    /** The sequences. */
    public TextSamples samples() {
        return samples;
    }

    @Override
    public int size() {
        return samples.count();
    }

    @Override
    public String description() {
        String what = text.sequences() == TextModality.Sequences.BLOCKS
                ? String.format(Locale.ROOT, "%,d blocks of %d tokens", size(), text.length())
                : String.format(Locale.ROOT, "%,d documents of up to %d tokens", size(), text.length());
        return what
                + String.format(Locale.ROOT, " (%,d in all)", tokens.tokens())
                + (tokens.skipped() == 0 ? "" : ", " + tokens.skipped() + " lines or files skipped");
    }

    @Override
    public String fingerprint() {
        return new Fingerprint()
                .add(tokens.fingerprint())
                .add(text.sequences().name())
                .add(text.length())
                .hex();
    }

    @Override
    public TextLoader loader(LoaderPosition start, Consumer<String> warnings) {
        return loader(start, Shard.WHOLE, warnings);
    }

    @Override
    public TextLoader loader(LoaderPosition start, Shard share, Consumer<String> warnings) {
        return new TextLoader(samples, batch, seed, start, tokens.complaints(), share);
    }

    @Override
    public void close() {} // the map of the file goes with the last reference to it
}
