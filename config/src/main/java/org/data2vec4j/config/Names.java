package org.data2vec4j.config;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Names in recipes are lower_snake; this is how Java's names become them, and what a mistyped one was meant to be. */
public final class Names {
    private Names() {}

    /** {@code hiddenWidth}, {@code HIDDEN_WIDTH} and {@code hidden-width} all become {@code hidden_width}. */
    static String snake(String name) {
        StringBuilder snake = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (Character.isUpperCase(c) && i > 0) {
                char before = name.charAt(i - 1);
                boolean wordEnds = Character.isLowerCase(before) || Character.isDigit(before);
                boolean wordStarts = Character.isUpperCase(before)
                        && i + 1 < name.length()
                        && Character.isLowerCase(name.charAt(i + 1));
                if (wordEnds || wordStarts) {
                    snake.append('_');
                }
            }
            snake.append(c == '-' ? '_' : c);
        }
        return snake.toString().toLowerCase(Locale.ROOT);
    }

    /** {@code path.key}, or the key alone at the top. */
    static String join(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /** {@code "; did you mean width?"} where a known name is near, else nothing. */
    public static String hint(String word, Collection<String> known) {
        String nearest = nearest(word, known);
        return nearest == null ? "" : "; did you mean " + nearest + "?";
    }

    /** {@code " allowed: a, b"} after a question, {@code "; allowed: a, b"} otherwise. */
    static String hintAndAllowed(String word, Collection<String> known) {
        String hint = hint(word, known);
        return hint + (hint.isEmpty() ? "; " : " ") + "allowed: "
                + (known.isEmpty() ? "none" : String.join(", ", known));
    }

    /** The known name within a third of its length in edits, or null. */
    static @Nullable String nearest(String word, Collection<String> known) {
        String best = null;
        int bestDistance = Integer.MAX_VALUE;
        String wanted = snake(word);
        for (String name : known) {
            int distance = distance(wanted, snake(name));
            if (distance < bestDistance && distance <= Math.max(1, Math.min(4, name.length() / 3))) {
                best = name;
                bestDistance = distance;
            }
        }
        return best;
    }

    /** Insertions, deletions, substitutions and swaps of neighbours between two words (optimal string alignment). */
    static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int substitute = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                cost[i][j] = Math.min(cost[i - 1][j - 1] + substitute, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[a.length()][b.length()];
    }
}
