package org.data2vec4j.recipe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.data2vec4j.config.ConfigLayers;
import org.data2vec4j.config.ConfigNode;
import org.data2vec4j.config.Scalars;
import org.data2vec4j.config.YamlReader;
import org.data2vec4j.core.UserException;
import org.data2vec4j.data.text.Utf8Lines;
import org.jspecify.annotations.Nullable;

/** Finds a recipe, built in or on disk, and lays it over those it extends. */
public final class RecipeLoader {
    private static final String EXTENDS = "extends";

    private final RecipeFolder builtIn;
    private final Set<String> chain = new LinkedHashSet<>();
    private final Set<String> oldNames;

    /**
     * A loader.
     *
     * @param builtIn the recipes that have names
     * @param oldNames gets what the files call by an old name
     */
    public RecipeLoader(RecipeFolder builtIn, Set<String> oldNames) {
        this.builtIn = builtIn;
        this.oldNames = oldNames;
    }

    /**
     * A recipe's text and where it came from.
     *
     * @param label what messages call it
     * @param file where it is, beside which the files it extends are looked for; null for a built-in recipe
     */
    private record Found(
            String label, String text, @Nullable Path file) {}

    /** The merged recipe, without its {@code extends}. */
    public ConfigNode.Mapping load(String nameOrFile) {
        return load(find(nameOrFile, null));
    }

    private ConfigNode.Mapping load(Found found) {
        ConfigNode.Mapping own = OldNames.TABLE.apply(YamlReader.file(found.label(), found.text()), oldNames);
        ConfigNode parent = own.get(EXTENDS);
        if (parent == null) {
            return own;
        }
        chain.add(found.label());
        String name = (String) Scalars.bind(String.class, parent, EXTENDS);
        Found base;
        try {
            base = find(name, found.file());
        } catch (UserException e) {
            throw new UserException(parent.source() + ": " + EXTENDS + ": " + e.getMessage(), e);
        }
        if (chain.contains(base.label())) {
            throw parent.source()
                    .error("extends goes in a circle: " + String.join(" -> ", chain) + " -> " + base.label());
        }
        Map<String, ConfigNode> rest = new LinkedHashMap<>(own.entries());
        rest.remove(EXTENDS);
        ConfigNode.Mapping merged = ConfigLayers.mergeMappings(load(base), new ConfigNode.Mapping(rest, own.source()));
        return new ConfigNode.Mapping(merged.entries(), own.source());
    }

    private Found find(String nameOrFile, @Nullable Path beside) {
        if (!isFile(nameOrFile)) {
            String text = builtIn.text(nameOrFile);
            if (text == null) {
                throw Recipes.unknown(builtIn, nameOrFile);
            }
            return new Found(nameOrFile + RecipeFolder.EXTENSION, text, null);
        }
        Path named = Path.of(nameOrFile);
        Path file = (beside == null ? named : beside.resolveSibling(named)).normalize();
        try {
            String text = Utf8Lines.text(Files.readAllBytes(file));
            if (text == null) {
                throw new UserException(file + ": not UTF-8 text");
            }
            return new Found(file.toString(), text, file);
        } catch (IOException e) {
            String reason = Files.isDirectory(file)
                    ? " is a directory; expected a recipe file"
                    : Files.exists(file) ? " cannot be read" : " does not exist";
            throw new UserException(file + reason, e);
        }
    }

    private static boolean isFile(String nameOrFile) {
        return nameOrFile.endsWith(".yaml")
                || nameOrFile.endsWith(".yml")
                || nameOrFile.contains("/")
                || nameOrFile.contains("\\");
    }
}
