package org.data2vec4j.config;

import java.util.Map;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/** Resolved configuration as YAML: binding what is written gives an equal record. Keys in the order of the components. */
public final class YamlWriter {
    /** Words that need no quotes anywhere in YAML, whatever stands around them. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./][\\w./+@=-]*( [\\w./+@=-]+)*");

    /** Words that YAML 1.1 readers take for truth values or nothing. */
    private static final Pattern RESERVED = Pattern.compile("(?i)y|n|yes|no|on|off|true|false|null|=|[-.0-9_+e:]+");

    private YamlWriter() {}

    /** The YAML text of a record, every component of it written out. */
    public static String write(Record config) {
        return writeTree(RecordTree.of(config));
    }

    /** The YAML text of a mapping. */
    public static String writeTree(ConfigNode.Mapping config) {
        if (config.entries().isEmpty()) {
            return "{}\n";
        }
        StringBuilder text = new StringBuilder();
        block(text, config, "", "");
        return text.toString();
    }

    /** A mapping as lines; {@code first} stands before its first key instead of the indent. */
    private static void block(StringBuilder text, ConfigNode.Mapping mapping, String first, String indent) {
        String before = first;
        for (Map.Entry<String, ConfigNode> entry : mapping.entries().entrySet()) {
            text.append(before).append(scalar(entry.getKey(), true)).append(':');
            before = indent;
            ConfigNode value = entry.getValue();
            if (value instanceof ConfigNode.Mapping nested && !nested.entries().isEmpty()) {
                text.append('\n');
                block(text, nested, indent + "  ", indent + "  ");
            } else if (value instanceof ConfigNode.Sequence list && hasMapping(list)) {
                text.append('\n');
                for (ConfigNode item : list.items()) {
                    item(text, item, indent);
                }
            } else {
                text.append(' ').append(flow(value)).append('\n');
            }
        }
    }

    private static void item(StringBuilder text, ConfigNode item, String indent) {
        if (item instanceof ConfigNode.Mapping mapping && !mapping.entries().isEmpty()) {
            block(text, mapping, indent + "  - ", indent + "    ");
        } else {
            text.append(indent).append("  - ").append(flow(item)).append('\n');
        }
    }

    private static boolean hasMapping(ConfigNode.Sequence list) {
        return list.items().stream().anyMatch(ConfigNode.Mapping.class::isInstance);
    }

    /** A node on one line. */
    static String flow(ConfigNode node) {
        if (node instanceof ConfigNode.Scalar scalar) {
            return scalar.isNull() ? "null" : scalar(scalar.text(), scalar.quoted());
        }
        if (node instanceof ConfigNode.Sequence list) {
            StringJoiner items = new StringJoiner(", ", "[", "]");
            list.items().forEach(item -> items.add(flow(item)));
            return items.toString();
        }
        StringJoiner entries = new StringJoiner(", ", "{", "}");
        ((ConfigNode.Mapping) node)
                .entries()
                .forEach((key, value) -> entries.add(scalar(key, true) + ": " + flow(value)));
        return entries.toString();
    }

    /** A value, in quotes unless it reads the same without. */
    private static String scalar(String text, boolean isText) {
        boolean safe = PLAIN.matcher(text).matches();
        if (isText && safe) {
            ConfigNode.Scalar plain = new ConfigNode.Scalar(text, false, new Source("", 0));
            safe = Scalars.number(plain) == null && !RESERVED.matcher(text).matches();
        }
        return safe || (!isText && isNumber(text)) ? text : quote(text);
    }

    private static boolean isNumber(String text) {
        return Scalars.number(new ConfigNode.Scalar(text, false, new Source("", 0))) != null;
    }

    /** The text in double quotes, with what is special or cannot be seen escaped. */
    static String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if ((c >= ' ' && c <= '~') || Character.isLetterOrDigit(c)) {
                        quoted.appendCodePoint(c);
                    } else {
                        quoted.append(String.format(c > 0xFFFF ? "\\U%08X" : "\\u%04X", c));
                    }
                }
            }
        });
        return quoted.append('"').toString();
    }
}
