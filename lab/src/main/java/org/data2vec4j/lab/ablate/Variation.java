package org.data2vec4j.lab.ablate;

import java.util.List;
import org.data2vec4j.core.SettingException;

/**
 * A row of the table.
 *
 * @param name what it is called there
 * @param settings what it changes in the recipe, each {@code a.b=c}; none for the recipe as it is
 */
public record Variation(String name, List<String> settings) {
    /** Checks the name. */
    public Variation {
        settings = List.copyOf(settings);
        if (name.isBlank() || name.contains("\n") || name.contains("|")) {
            throw new SettingException("name", "is '" + name + "'; allowed: a line of text without |");
        }
    }
}
