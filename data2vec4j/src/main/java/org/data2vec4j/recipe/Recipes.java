package org.data2vec4j.recipe;

import java.util.List;
import org.data2vec4j.config.Names;
import org.data2vec4j.core.UserException;

/** The recipes that come with the program: {@code /recipes/NAME.yaml} on the class path. */
public final class Recipes {
    /** Where they are. */
    public static final RecipeFolder BUILT_IN = new RecipeFolder("recipes");

    private Recipes() {}

    /** Their names, sorted. */
    public static List<String> names() {
        return BUILT_IN.names();
    }

    /** The text of a recipe; an unknown name is an error that lists the known ones. */
    public static String text(String name) {
        String text = BUILT_IN.text(name);
        if (text == null) {
            throw unknown(BUILT_IN, name);
        }
        return text;
    }

    /** What a recipe says it is: its first line of comment that says anything, or nothing. */
    public static String headline(String text) {
        return text.lines()
                .takeWhile(line -> line.isBlank() || line.startsWith("#"))
                .map(line -> line.replaceFirst("^#+", "").strip())
                .filter(line -> !line.isEmpty())
                .findFirst()
                .orElse("");
    }

    /** The error for a name that no recipe has. */
    static UserException unknown(RecipeFolder folder, String name) {
        List<String> names = folder.names();
        String hint = Names.hint(name, names);
        return new UserException("unknown recipe " + name + hint + (hint.isEmpty() ? "; " : " ") + "recipes: "
                + (names.isEmpty() ? "none" : String.join(", ", names)));
    }
}
