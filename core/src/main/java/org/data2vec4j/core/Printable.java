package org.data2vec4j.core;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text that may come from a file, for a terminal: control characters, and those that turn the direction of text, are written as their
 * numbers, so that the name of a file or of a tensor can neither move the cursor nor hide what is there.
 */
public final class Printable {
    private static final Pattern CONTROL = Pattern.compile(
            "[\\p{Cntrl}\\x{80}-\\x{9F}\\x{200E}\\x{200F}\\x{202A}-\\x{202E}" + "\\x{2066}-\\x{2069}&&[^\\n\\r\\t]]");

    private Printable() {}

    /** The text with {@code \}{@code u001b} and the like in place of control characters; line ends and tabs stay. */
    public static String of(String text) {
        Matcher found = CONTROL.matcher(text);
        return found.find()
                ? found.replaceAll(match -> Matcher.quoteReplacement(
                        String.format("\\u%04x", (int) match.group().charAt(0))))
                : text;
    }
}
