package org.data2vec4j.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What differs between two configurations, setting by setting; numbers are compared by value. */
public final class ConfigDiff {
    /** What stands for a setting that one side does not have. */
    static final String ABSENT = "(absent)";

    private final List<Change> changes = new ArrayList<>();

    private ConfigDiff() {}

    /** One setting that changed; prints as {@code path: before -> after}. */
    public record Change(String path, String before, String after) {
        /** {@code path: before -> after}. */
        @Override
        public String toString() {
            return path + ": " + before + " -> " + after;
        }
    }

    /** The changes from one record to another, in the order of its components. */
    public static List<Change> between(Record before, Record after) {
        return betweenTrees(RecordTree.of(before), RecordTree.of(after));
    }

    /** The changes from one tree to another, in the order of the keys. */
    public static List<Change> betweenTrees(ConfigNode before, ConfigNode after) {
        ConfigDiff diff = new ConfigDiff();
        diff.compare("", before, after);
        return List.copyOf(diff.changes);
    }

    private void compare(String path, @Nullable ConfigNode before, @Nullable ConfigNode after) {
        if (before instanceof ConfigNode.Mapping a && after instanceof ConfigNode.Mapping b) {
            Set<String> keys = new LinkedHashSet<>(a.entries().keySet());
            keys.addAll(b.entries().keySet());
            keys.forEach(key -> compare(Names.join(path, key), a.get(key), b.get(key)));
        } else if (before instanceof ConfigNode.Sequence a
                && after instanceof ConfigNode.Sequence b
                && a.items().size() == b.items().size()
                && a.items().stream().anyMatch(ConfigNode.Mapping.class::isInstance)) {
            for (int i = 0; i < a.items().size(); i++) {
                compare(
                        Names.join(path, String.valueOf(i)),
                        a.items().get(i),
                        b.items().get(i));
            }
        } else if (before == null || after == null || !same(before, after)) {
            changes.add(new Change(path, text(before), text(after)));
        }
    }

    private static boolean same(ConfigNode before, ConfigNode after) {
        if (before instanceof ConfigNode.Scalar a && after instanceof ConfigNode.Scalar b) {
            Double left = Scalars.number(a);
            Double right = Scalars.number(b);
            // text first: doubles cannot tell all long integers apart
            boolean integers = a.text().matches("-?[0-9]+") && b.text().matches("-?[0-9]+");
            return YamlWriter.flow(a).equals(YamlWriter.flow(b)) || (!integers && left != null && left.equals(right));
        }
        if (before instanceof ConfigNode.Sequence a && after instanceof ConfigNode.Sequence b) {
            boolean same = a.items().size() == b.items().size();
            for (int i = 0; same && i < a.items().size(); i++) {
                same = same(a.items().get(i), b.items().get(i));
            }
            return same;
        }
        return YamlWriter.flow(before).equals(YamlWriter.flow(after));
    }

    private static String text(@Nullable ConfigNode node) {
        return node == null ? ABSENT : YamlWriter.flow(node);
    }
}
