package org.data2vec4j;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.data2vec4j.config.Binder;
import org.data2vec4j.config.ConfigLayers;
import org.data2vec4j.config.ConfigNode;
import org.data2vec4j.config.Overrides;
import org.data2vec4j.config.YamlReader;
import org.data2vec4j.config.YamlWriter;
import org.data2vec4j.evaluation.finetune.FineTuneConfig;
import org.data2vec4j.recipe.OldNames;
import org.data2vec4j.recipe.RecipeFolder;
import org.data2vec4j.recipe.RecipeLoader;
import org.data2vec4j.recipe.Recipes;
import org.data2vec4j.train.run.PretrainConfig;

/**
 * A recipe with everything it extends and the command line's overrides laid over each other, ready to bind.
 *
 * <p>Keys are record components in lower_snake. A component of a sealed interface is a mapping with {@code kind: name} beside the
 * chosen record's own keys, or the name alone if that record needs no keys. What a mapping leaves out comes from the default
 * of the enclosing record, else from the record's {@code public static X defaults()}; without either, leaving it out is an
 * error, unless the component is {@code @Nullable}.
 *
 * @param name as given to {@link #load}
 * @param root the merged settings, under the names of this version
 * @param oldNames what was found under a name of an earlier version, each {@code old is now new}
 */
public record Recipe(String name, ConfigNode.Mapping root, List<String> oldNames) {
    /** Copies the list. */
    public Recipe {
        oldNames = List.copyOf(oldNames);
    }

    /**
     * A built-in recipe by its name, or a {@code .yaml} file.
     *
     * @param overrides arguments of the form {@code a.b=c}; {@code a.0.b=c} reaches into a list
     * @throws org.data2vec4j.core.UserException for an unknown name, an unreadable file or text that is no recipe
     */
    public static Recipe load(String nameOrFile, List<String> overrides) {
        return load(Recipes.BUILT_IN, nameOrFile, overrides);
    }

    /**
     * A built-in recipe by its name, or a {@code .yaml} file, as it stands.
     *
     * @throws org.data2vec4j.core.UserException for an unknown name, an unreadable file or text that is no recipe
     */
    public static Recipe load(String nameOrFile) {
        return load(nameOrFile, List.of());
    }

    /** One line that says what the recipe and its overrides call by an old name, and the new one; empty where there is nothing to say. */
    public String oldNamesNote() {
        return oldNames.isEmpty() ? "" : "old names are still read: " + String.join(", ", oldNames);
    }

    /** The names of the built-in recipes, in order. */
    public static List<String> names() {
        return Recipes.names();
    }

    /**
     * The text of a resolved recipe, as {@link YamlWriter} writes it: one that extends no other.
     *
     * @param name what messages call it
     */
    public static Recipe of(String name, String yaml) {
        Set<String> old = new LinkedHashSet<>();
        return new Recipe(name, OldNames.TABLE.apply(YamlReader.file(name, yaml), old), List.copyOf(old));
    }

    /** The same with overrides of the form {@code a.b=c} laid over it. */
    public Recipe with(List<String> overrides) {
        Set<String> old = new LinkedHashSet<>(oldNames);
        ConfigNode.Mapping layer = OldNames.TABLE.apply(Overrides.parse(overrides), old);
        return new Recipe(name, ConfigLayers.mergeMappings(root, layer), List.copyOf(old));
    }

    /** The same with overrides of the form {@code a.b=c} laid over it. */
    public Recipe with(String... overrides) {
        return with(List.of(overrides));
    }

    /** {@link #load} with the built-in recipes of another folder. */
    static Recipe load(RecipeFolder builtIn, String nameOrFile, List<String> overrides) {
        Set<String> old = new LinkedHashSet<>();
        ConfigNode.Mapping root = new RecipeLoader(builtIn, old).load(nameOrFile);
        return new Recipe(nameOrFile, root, List.copyOf(old)).with(overrides);
    }

    /**
     * The settings as a record (or as one of the records of a sealed interface).
     *
     * @throws org.data2vec4j.core.UserException naming file, line and key, for a key that is unknown or missing and a value of the
     *     wrong type or refused by the record
     */
    public <T> T bind(Class<T> type) {
        return type.cast(Binder.bind(type, root, "", null));
    }

    /**
     * The settings of a pre-training run.
     *
     * @throws org.data2vec4j.core.UserException as {@link #bind(Class)}
     */
    public PretrainConfig bind() {
        return bind(PretrainConfig.class);
    }

    /**
     * The text of this recipe as it is bound to a pre-training run: every setting, defaults included, and nothing that it extends.
     * {@link #of} reads it.
     *
     * @throws org.data2vec4j.core.UserException as {@link #bind(Class)}
     */
    public String resolved() {
        return YamlWriter.write(bind());
    }

    /**
     * The settings of a fine-tuning run.
     *
     * @throws org.data2vec4j.core.UserException as {@link #bind(Class)}
     */
    public FineTuneConfig bindFineTuning() {
        return bind(FineTuneConfig.class);
    }
}
