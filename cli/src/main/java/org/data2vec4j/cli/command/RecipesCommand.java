package org.data2vec4j.cli.command;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.data2vec4j.recipe.Recipes;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code d2v recipes}: the built-in recipes, or the text of one. */
@Command(
        name = "recipes",
        description = "List the built-in recipes, or print one.",
        footer = {"", "Example: d2v recipes NAME > my.yaml"})
public final class RecipesCommand implements Callable<Integer> {
    @Parameters(index = "0", arity = "0..1", paramLabel = "NAME", description = "The recipe to print.")
    @Nullable
    String name;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    CommandSpec spec;

    /** Lists or prints. */
    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        if (name != null) {
            out.print(Recipes.text(name));
            out.flush();
            return 0;
        }
        List<String> names = Recipes.names();
        int width = names.stream().mapToInt(String::length).max().orElse(0);
        for (String recipe : names) {
            String padding = " ".repeat(width - recipe.length());
            out.println((recipe + padding + "  " + Recipes.headline(Recipes.text(recipe))).stripTrailing());
        }
        return 0;
    }
}
