package org.data2vec4j.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.data2vec4j.core.UserException;
import org.jspecify.annotations.Nullable;

/** {@code key=value} words of a command line: the command's own keys apart from those that override a recipe. */
public final class RunArguments {
    private final Map<String, String> own = new LinkedHashMap<>();
    private final List<String> overrides = new ArrayList<>();

    /**
     * Sorts the words.
     *
     * @param words as given
     * @param keys the command's own keys
     */
    public RunArguments(List<String> words, Set<String> keys) {
        for (String word : words) {
            int equals = word.indexOf('=');
            if (equals <= 0) {
                throw new UserException("'" + word + "' is not of the form key=value, such as train.batch=32");
            }
            String key = word.substring(0, equals);
            if (keys.contains(key)) {
                own.put(key, word.substring(equals + 1));
            } else {
                overrides.add(word);
            }
        }
    }

    /** The value of one of the command's own keys, or null if it was not given. */
    public @Nullable String get(String key) {
        return own.get(key);
    }

    /** The value of one of the command's own keys, or another if it was not given. */
    public String get(String key, String otherwise) {
        String value = own.get(key);
        return value == null ? otherwise : value;
    }

    /** The value of a key that must be given; {@code example} completes the message if it is not. */
    public String require(String key, String example) {
        String value = own.get(key);
        if (value == null || value.isEmpty()) {
            throw new UserException(key + "=… is missing, for example: " + example);
        }
        return value;
    }

    /** The whole number of a key, or another if it was not given. */
    public int number(String key, int otherwise) {
        String value = own.get(key);
        if (value == null) {
            return otherwise;
        }
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new UserException(key + " is '" + value + "'; allowed: a whole number", e);
        }
    }

    /** The number above 0 of a key, or another if it was not given; who takes it checks its range. */
    public double decimal(String key, double otherwise) {
        String value = own.get(key);
        if (value == null) {
            return otherwise;
        }
        try {
            return Double.parseDouble(value);
        } catch (NumberFormatException e) {
            throw new UserException(key + " is '" + value + "'; allowed: a number above 0", e);
        }
    }

    /** The words that override a recipe, in order. */
    public List<String> overrides() {
        return List.copyOf(overrides);
    }

    /** Throws if there are words that the command does not know. */
    public void noOverrides(String allowed) {
        if (!overrides.isEmpty()) {
            throw new UserException("'" + overrides.get(0) + "' is not known here; allowed: " + allowed);
        }
    }
}
