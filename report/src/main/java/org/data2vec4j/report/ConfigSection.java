package org.data2vec4j.report;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The resolved config, folded away, with its keys and comments set apart. */
final class ConfigSection {
    private static final Pattern LINE = Pattern.compile("^(\\s*(?:- )?)([\\w.-]+)(:(?:\\s.*)?)$");

    private ConfigSection() {}

    /** The section's content; empty for an empty config. */
    static String render(String yaml) {
        if (yaml.isBlank()) {
            return "";
        }
        StringBuilder out = new StringBuilder();
        yaml.stripTrailing().lines().forEach(line -> out.append(line(line)).append('\n'));
        return "<details><summary>The resolved config, "
                + yaml.stripTrailing().lines().count() + " lines</summary><pre><code>" + out
                + "</code></pre></details>";
    }

    private static String line(String line) {
        if (line.stripLeading().startsWith("#")) {
            return Html.element("i", "", line);
        }
        Matcher matcher = LINE.matcher(line);
        return matcher.matches()
                ? Html.escape(matcher.group(1))
                        + Html.element("b", "", matcher.group(2))
                        + Html.escape(matcher.group(3))
                : Html.escape(line);
    }
}
