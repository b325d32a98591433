package org.data2vec4j.audio.data;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a recording's path says of it by a regular expression with named groups. */
final class LabelRule {
    static final List<String> GROUPS = List.of("label", "speaker", "split");

    private final String expression;
    private final Pattern pattern;
    private final @Nullable Pattern split;

    private LabelRule(String expression, @Nullable String split) {
        this.expression = expression;
        this.pattern = AudioOptions.compiled("data.labelPattern", expression);
        this.split = split == null ? null : AudioOptions.compiled("data.split", split);
    }

    /** The rule of the options; null if there is none. */
    static @Nullable LabelRule of(AudioOptions options) {
        String expression = options.labelPattern();
        return expression == null ? null : new LabelRule(expression, options.split());
    }

    /** The entry with what its path says; null if it belongs to another split, or to none while one is wanted. */
    @Nullable
    AudioEntry apply(AudioEntry entry) {
        Matcher matcher = pattern.matcher(entry.key());
        if (!matcher.find()) {
            return split == null ? entry : null;
        }
        if (split != null) {
            String part = matcher.group("split");
            if (part == null || !split.matcher(part).matches()) {
                return null;
            }
        }
        return entry.withClass(group(matcher, "label", entry.className()))
                .withSpeaker(group(matcher, "speaker", entry.speaker()));
    }

    private @Nullable String group(Matcher matcher, String name, @Nullable String otherwise) {
        if (!expression.contains("(?<" + name + ">")) {
            return otherwise;
        }
        String found = matcher.group(name);
        return found == null ? otherwise : found;
    }
}
