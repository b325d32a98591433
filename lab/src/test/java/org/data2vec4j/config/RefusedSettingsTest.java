package org.data2vec4j.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.data2vec4j.Recipe;
import org.data2vec4j.core.AsText;
import org.data2vec4j.core.OneOf;
import org.data2vec4j.core.UserException;
import org.data2vec4j.evaluation.finetune.FineTuneConfig;
import org.data2vec4j.lab.ablate.AblationConfig;
import org.data2vec4j.lab.race.RaceConfig;
import org.data2vec4j.recipe.Recipes;
import org.data2vec4j.train.run.PretrainConfig;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Every number that a recipe of any sort can hold, set out of its range: the message names the place where it was written and the whole
 * key, once, and says what is allowed.
 */
class RefusedSettingsTest {
    private static final Source FILE = new Source("mine.yaml", 7);
    private static final List<Class<? extends Record>> ROOTS =
            List.of(PretrainConfig.class, FineTuneConfig.class, AblationConfig.class, RaceConfig.class);

    /** Numbers that mean something whatever they are. */
    private static final List<String> UNBOUNDED = List.of("seed", "seeds", "subset_seed");

    /** Records that no built-in recipe has and that have no defaults. */
    private static final Map<String, String> OTHERS = Map.of(
            "ConstantSchedule",
            "warmup: 1",
            "ImpulseResponse",
            "{probability: 0.5, source: rooms, max_seconds: 1}",
            "Exact",
            "size: 32",
            "ShortestEdge",
            "{shortest: 32, longest: 64}",
            "Within",
            "{height: 32, width: 32}");

    private final Map<Class<?>, Record> samples = new HashMap<>();
    private final TreeSet<String> neverRefused = new TreeSet<>();
    private final List<String> wrong = new ArrayList<>();
    private int refused;

    @Test
    void everyNumberOutOfRangeIsBlamedWhereItWasWritten() {
        Map<Class<?>, Record> roots = new LinkedHashMap<>();
        for (String name : Recipes.names()) {
            for (Class<? extends Record> root : ROOTS) {
                try {
                    Record config = Recipe.load(name, List.of()).bind(root);
                    roots.putIfAbsent(root, config);
                    collect(config);
                } catch (UserException anotherSort) {
                    assertThat(anotherSort.getMessage()).isNotEmpty();
                }
            }
        }
        assertThat(roots.keySet()).containsExactlyInAnyOrderElementsOf(ROOTS);
        roots.forEach((root, config) -> {
            Sweep sweep = new Sweep(root);
            sweep.record(root, config, "", node -> (ConfigNode.Mapping) node);
        });
        assertThat(wrong).isEmpty();
        assertThat(neverRefused).as("numbers without a range").isEqualTo(new TreeSet<>(UNBOUNDED));
        assertThat(refused).isGreaterThan(300);
    }

    private void collect(@Nullable Object value) {
        if (value instanceof Record record) {
            samples.putIfAbsent(record.getClass(), record);
            for (RecordComponent component : record.getClass().getRecordComponents()) {
                collect(RecordBinder.read(component, record));
            }
        } else if (value instanceof Collection<?> items) {
            items.forEach(this::collect);
        }
    }

    /** A record of a class: one that a built-in recipe has, else its defaults. */
    private Record sample(Class<?> type) {
        Record known = samples.get(type);
        if (known != null) {
            return known;
        }
        ConfigNode.Mapping empty = YamlReader.file("sample", OTHERS.getOrDefault(type.getSimpleName(), "{}"));
        return (Record) new RecordBinder(type, empty, "", true).bind(null);
    }

    /** One sort of recipe. */
    private final class Sweep {
        private final Class<?> root;

        Sweep(Class<?> root) {
            this.root = root;
        }

        /** @param around the whole recipe with a mapping in this record's place */
        void record(Class<?> type, Record value, String path, Function<ConfigNode, ConfigNode.Mapping> around) {
            ConfigNode.Mapping own = mapping(type, value);
            for (RecordComponent component : value.getClass().getRecordComponents()) {
                Object held = RecordBinder.read(component, value);
                if (component.isAnnotationPresent(OneOf.class)) {
                    for (Map.Entry<String, Class<?>> section :
                            Sections.of(component).entrySet()) {
                        Record chosen = pick(held, section.getValue());
                        record(
                                section.getValue(),
                                chosen,
                                Names.join(path, section.getKey()),
                                node -> around.apply(
                                        replaced(own, Sections.of(component).keySet(), section.getKey(), node)));
                    }
                    continue;
                }
                String key = Names.snake(component.getName());
                Function<ConfigNode, ConfigNode.Mapping> inside =
                        node -> around.apply(replaced(own, List.of(key), key, node));
                component(component.getGenericType(), held, Names.join(path, key), inside);
            }
        }

        private void component(
                Type type, @Nullable Object held, String path, Function<ConfigNode, ConfigNode.Mapping> around) {
            if (type instanceof ParameterizedType generic) {
                Object first = held instanceof List<?> list && !list.isEmpty() ? list.get(0) : null;
                Type element = generic.getActualTypeArguments()[0];
                if (candidates(element).isEmpty()) {
                    component(element, first, path + ".0", node -> around.apply(list(held, element, node)));
                } else {
                    numbers(element, path, node -> around.apply(list(held, element, node)));
                }
            } else if (type instanceof Class<?> raw && !raw.isAnnotationPresent(AsText.class)) {
                if (Kinds.isChoice(raw)) {
                    Kinds.of(raw).values().forEach(kind -> record(raw, pick(held, kind), path, around));
                } else if (raw.isRecord()) {
                    record(raw, pick(held, raw), path, around);
                } else {
                    numbers(raw, path, around);
                }
            }
        }

        private Record pick(@Nullable Object held, Class<?> type) {
            return type.isInstance(held) ? (Record) held : sample(type);
        }

        private void numbers(Type type, String path, Function<ConfigNode, ConfigNode.Mapping> around) {
            boolean blamed = false;
            boolean any = false;
            for (String number : candidates(type)) {
                for (Source place : List.of(FILE, Source.COMMAND_LINE)) {
                    String message = refusal(around.apply(new ConfigNode.Scalar(number, false, place)));
                    if (message == null || !message.contains(place.toString())) {
                        continue; // accepted, or at odds with another setting, which is blamed for it
                    }
                    any = true;
                    String start = place + ": " + path + " is ";
                    boolean good = message.startsWith(start)
                            && message.contains("; allowed: ")
                            && occurrences(path, message) == 1
                            && !message.contains("\n");
                    blamed |= good;
                    if (!message.startsWith(place + ": " + path + " ") || occurrences(path, message) != 1) {
                        wrong.add(path + "=" + number + " | " + message);
                    }
                }
            }
            if (candidates(type).isEmpty()) {
                return;
            }
            if (blamed) {
                refused++;
            } else if (any) {
                wrong.add(path + " is never told its range");
            } else {
                neverRefused.add(path);
            }
        }

        private @Nullable String refusal(ConfigNode.Mapping config) {
            try {
                Binder.bind(root, config, "", null);
                return null;
            } catch (UserException e) {
                return e.getMessage();
            }
        }
    }

    private static ConfigNode.Mapping mapping(Class<?> declared, Record value) {
        ConfigNode.Mapping plain = RecordTree.of(value);
        if (!Kinds.isChoice(declared)) {
            return plain;
        }
        Map<String, ConfigNode> entries = new LinkedHashMap<>();
        entries.put(Kinds.KEY, new ConfigNode.Scalar(Kinds.name(declared, value.getClass()), false, plain.source()));
        entries.putAll(plain.entries());
        return new ConfigNode.Mapping(entries, plain.source());
    }

    private static ConfigNode replaced(
            ConfigNode.Mapping mapping, Collection<String> gone, String key, ConfigNode value) {
        Map<String, ConfigNode> entries = new LinkedHashMap<>(mapping.entries());
        entries.keySet().removeAll(gone);
        entries.put(key, value);
        return new ConfigNode.Mapping(entries, mapping.source());
    }

    /** The items of a list with one in the place of the first. */
    private static ConfigNode list(@Nullable Object held, Type element, ConfigNode first) {
        List<ConfigNode> items = new ArrayList<>(List.of(first));
        if (held instanceof List<?> list && list.size() > 1) {
            list.subList(1, list.size()).forEach(item -> items.add(item(element, item, first.source())));
        }
        return new ConfigNode.Sequence(items, first.source());
    }

    private static ConfigNode item(Type type, Object value, Source place) {
        return value instanceof Record record
                ? mapping((Class<?>) type, record)
                : new ConfigNode.Scalar(value.toString(), false, place);
    }

    private static List<String> candidates(Type type) {
        if (type == int.class || type == Integer.class) {
            return List.of("-1000000", "-1", "0", "2147483647");
        }
        if (type == long.class || type == Long.class) {
            return List.of("-9223372036854775808", "-1", "0", "9223372036854775807");
        }
        boolean real = type == double.class || type == Double.class;
        return real ? List.of("-1e9", "-1", "0", "2", "1e12", ".nan", ".inf") : List.of();
    }

    private static int occurrences(String key, String message) {
        return (int) Pattern.compile("(?<![\\w.])" + Pattern.quote(key) + "(?![\\w.])")
                .matcher(message)
                .results()
                .count();
    }
}
