package org.data2vec4j.lab.race;

import java.util.List;
import org.data2vec4j.core.SettingException;

/**
 * Who races.
 *
 * @param name what it is called
 * @param recipe a recipe's name or file
 * @param settings what it changes there, behind the race's own, each {@code a.b=c}
 */
public record MethodSpec(String name, String recipe, List<String> settings) {
    /** Checks the name. */
    public MethodSpec {
        settings = List.copyOf(settings);
        if (name.isBlank() || name.contains("\n") || name.contains("|")) {
            throw new SettingException("name", "is '" + name + "'; allowed: a line of text without |");
        }
    }
}
