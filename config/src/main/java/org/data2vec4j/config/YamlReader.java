package org.data2vec4j.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.data2vec4j.core.UserException;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** YAML text to {@link ConfigNode}s, refusing what a recipe has no use for: duplicate keys, tags, keys that are not words. */
public final class YamlReader {
    private static final String STANDARD_TAGS = Tag.PREFIX;

    private final String name;
    private final @Nullable String argument;
    private final Set<Node> open = new HashSet<>();

    private YamlReader(String name, @Nullable String argument) {
        this.name = name;
        this.argument = argument;
    }

    /** The mapping a file holds; empty for an empty file. */
    public static ConfigNode.Mapping file(String name, String text) {
        ConfigNode root = new YamlReader(name, null).read(text);
        if (root instanceof ConfigNode.Mapping mapping) {
            return new ConfigNode.Mapping(mapping.entries(), new Source(name, 0));
        }
        if (root instanceof ConfigNode.Scalar scalar && scalar.isNull()) {
            return new ConfigNode.Mapping(Map.of(), new Source(name, 0));
        }
        throw root.source().error("expected lines of the form key: value, found " + Expected.found(root));
    }

    /** A value in quotes or brackets given on the command line by an argument such as {@code layers=[1, 2]}. */
    static ConfigNode argument(String argument, String text) {
        return new YamlReader(Source.COMMAND_LINE.name(), argument).read(text);
    }

    private ConfigNode read(String text) {
        try {
            LoadSettings settings = LoadSettings.builder()
                    .setLabel(name)
                    .setAllowNonScalarKeys(true)
                    .build();
            Optional<Node> root =
                    new Composer(settings, new ParserImpl(settings, new StreamReader(settings, text))).getSingleNode();
            return root.isPresent()
                    ? convert(root.get(), place(root.get().getStartMark()))
                    : new ConfigNode.Scalar("", false, place(Optional.empty()));
        } catch (MarkedYamlEngineException e) {
            String context = e.getContext() == null ? "" : e.getContext() + ", ";
            throw syntaxError(place(e.getProblemMark()), context + e.getProblem(), e);
        } catch (YamlEngineException e) {
            throw syntaxError(place(Optional.empty()), String.valueOf(e.getMessage()), e);
        }
    }

    private UserException syntaxError(Source place, String problem, Exception cause) {
        String where = argument == null ? place.toString() : place + ": " + argument;
        return new UserException(where + ": not valid YAML: " + problem.strip().replaceAll("\\s+", " "), cause);
    }

    private Source place(Optional<Mark> mark) {
        if (argument != null) {
            return Source.COMMAND_LINE;
        }
        return new Source(name, mark.isPresent() ? mark.get().getLine() + 1 : 0);
    }

    private ConfigNode convert(Node node, Source source) {
        if (!node.getTag().getValue().startsWith(STANDARD_TAGS)) {
            throw source.error(
                    "the YAML tag " + node.getTag().getValue() + " is not supported; remove it or quote the value");
        }
        if (node instanceof ScalarNode scalar) {
            return new ConfigNode.Scalar(scalar.getValue(), !scalar.isPlain(), source);
        }
        if (!open.add(node)) {
            throw source.error("an alias refers to the value it stands in");
        }
        try {
            return node instanceof SequenceNode sequence
                    ? sequence(sequence, source)
                    : mapping((MappingNode) node, source);
        } finally {
            open.remove(node);
        }
    }

    private ConfigNode sequence(SequenceNode node, Source source) {
        List<ConfigNode> items = new ArrayList<>();
        for (Node item : node.getValue()) {
            items.add(convert(item, place(item.getStartMark())));
        }
        return new ConfigNode.Sequence(items, source);
    }

    private ConfigNode mapping(MappingNode node, Source source) {
        Map<String, ConfigNode> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : node.getValue()) {
            Source place = place(tuple.getKeyNode().getStartMark());
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                throw place.error("a key must be a word, found a list or a mapping");
            }
            ConfigNode value = convert(tuple.getValueNode(), place);
            ConfigNode first = entries.putIfAbsent(key.getValue(), value);
            if (first != null) {
                throw place.error("duplicate key " + key.getValue()
                        + (first.source().line() == 0
                                ? ""
                                : "; first given on line " + first.source().line()));
            }
        }
        return new ConfigNode.Mapping(entries, source);
    }
}
