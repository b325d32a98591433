package org.data2vec4j.run;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.data2vec4j.core.UserException;

/**
 * How a run was asked for.
 *
 * @param line the command line as it was typed; empty if a program asked
 * @param changed what becomes of a run that was begun with settings that train otherwise
 */
public record RunCommand(String line, ChangedSettings changed) {
    /** The word of a command line that says what becomes of a run with other settings: {@code resume=changed}. */
    public static final String RESUME = "resume";

    /** A program that goes on with the settings of a run only. */
    public static final RunCommand PROGRAM = new RunCommand("", ChangedSettings.REFUSE);

    /** What becomes of a run that was begun with settings that train otherwise. */
    public enum ChangedSettings {
        /** It stays as it is, and the command fails. */
        REFUSE,
        /** It goes on with the new ones. */
        ACCEPT
    }

    /**
     * A command line.
     *
     * @param words as typed, without {@code d2v}
     * @param arguments which may have {@code resume=}
     */
    public static RunCommand of(List<String> words, RunArguments arguments) {
        String typed = words.stream().map(RunCommand::quoted).collect(Collectors.joining(" ", "d2v ", ""));
        String word = arguments.get(RESUME, "same");
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "same" -> new RunCommand(typed, ChangedSettings.REFUSE);
            case "changed" -> new RunCommand(typed, ChangedSettings.ACCEPT);
            default ->
                throw new UserException(RESUME + " is '" + word
                        + "'; allowed: same (the run's own settings only), changed (go on with other settings)");
        };
    }

    /** A word as a shell takes it. */
    private static String quoted(String word) {
        return word.matches("[A-Za-z0-9_@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
