package org.data2vec4j.audio.data;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.data2vec4j.core.Check;
import org.data2vec4j.core.UserException;
import org.jspecify.annotations.Nullable;

/**
 * How {@link AudioSources#open} treats what it opens. {@code labelPattern}: a regular expression that is searched in each
 * recording's relative path and whose named groups {@code label}, {@code speaker} and {@code split} say so (any of them; null: classes
 * are sub-folders). {@code split}: a regular expression that the group {@code split} must match as a whole, for the recording to be
 * taken. {@code shardMemory}: bytes of heap for compressed archives, beyond which they are unpacked to a temporary folder.
 * {@code decodedMemory}: bytes of heap for decoded recordings; 0 keeps none. {@code syntheticSeed}: of the synthetic speech.
 *
 * <p>The Free Spoken Digit Dataset, its test part: pattern {@code (?<label>\d)_(?<speaker>[a-z]+)_(?<split>\d+)\.wav}, split
 * {@code [0-4]}.
 */
public record AudioOptions(
        @Nullable String labelPattern,
        @Nullable String split,
        long shardMemory,
        long decodedMemory,
        long syntheticSeed) {
    /** Classes from sub-folders; a quarter of the largest heap for each memory; synthetic speech from seed 0. */
    public static final AudioOptions DEFAULT = new AudioOptions(null, null, quarterOfHeap(), quarterOfHeap(), 0);

    /** Refuses negative memory, wrong regular expressions, a pattern without a known group, and a split without its group. */
    public AudioOptions {
        Check.notNegative("shard_memory", (double) shardMemory);
        Check.notNegative("decoded_memory", (double) decodedMemory);
        if (labelPattern != null) {
            compiled("data.labelPattern", labelPattern);
            Check.setting(
                    LabelRule.GROUPS.stream().anyMatch(group -> labelPattern.contains("(?<" + group + ">")),
                    "label_pattern",
                    "is '" + labelPattern
                            + "', which has none of the named groups (?<label>…), (?<speaker>…), (?<split>…)");
        }
        if (split != null) {
            compiled("data.split", split);
            Check.setting(
                    labelPattern != null && labelPattern.contains("(?<split>"),
                    "split",
                    "is '" + split + "', but data.labelPattern has no group (?<split>…) for it to match");
        }
    }

    /** The same with another rule for labels and splits. */
    public AudioOptions withLabels(@Nullable String pattern, @Nullable String wantedSplit) {
        return new AudioOptions(pattern, wantedSplit, shardMemory, decodedMemory, syntheticSeed);
    }

    /** The same with other memory limits, in bytes. */
    public AudioOptions withMemory(long shards, long decoded) {
        return new AudioOptions(labelPattern, split, shards, decoded, syntheticSeed);
    }

    /** The same with other synthetic speech. */
    public AudioOptions withSyntheticSeed(long seed) {
        return new AudioOptions(labelPattern, split, shardMemory, decodedMemory, seed);
    }

    static Pattern compiled(String field, String expression) {
        try {
            return Pattern.compile(expression);
        } catch (PatternSyntaxException e) {
            throw new UserException(
                    field + " is '" + expression + "', no regular expression: " + e.getDescription(), e);
        }
    }

    private static long quarterOfHeap() {
        return Runtime.getRuntime().maxMemory() / 4;
    }
}
