package org.data2vec4j.text.data;

import org.data2vec4j.core.Check;

/**
 * How {@link TextSources#open} cuts files into documents. {@code unit}: what a document of a .txt file is; {@code field}: the
 * text's name in the objects of .jsonl files, whose lines are documents always; {@code syntheticSeed}: of synthetic text.
 */
public record TextOptions(Unit unit, String field, long syntheticSeed) {
    /** What a document of a .txt file is. */
    public enum Unit {
        /** The whole file, line ends included. */
        FILE,
        /** Each line that is not blank, without its end. */
        LINE
    }

    /** Whole files, field {@code text}, seed 0. */
    public static final TextOptions DEFAULT = new TextOptions(Unit.FILE, "text", 0);

    /** Refuses an empty field. */
    public TextOptions {
        Check.setting(!field.isEmpty(), "field", "is empty; give the name of the text in the lines of .jsonl files");
    }

    /** The same with another field. */
    public TextOptions withField(String other) {
        return new TextOptions(unit, other, syntheticSeed);
    }

    /** The same with another unit. */
    public TextOptions with(Unit other) {
        return new TextOptions(other, field, syntheticSeed);
    }
}
