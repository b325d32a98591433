package org.data2vec4j.config;

import org.data2vec4j.core.UserException;

/**
 * Where a setting was written; every message about the setting starts with it.
 *
 * @param name a file, or the words of the command line
 * @param line line in the file, from 1; 0 where there is none
 */
public record Source(String name, int line) {
    /** The place of an argument such as {@code train.batch=32}. */
    public static Source commandLine(String argument) {
        return new Source("command line: " + argument, 0);
    }

    /** An error at this place. */
    public UserException error(String message) {
        return new UserException(this + ": " + message);
    }

    /** {@code file:line}, or the name alone. */
    @Override
    public String toString() {
        return line == 0 ? name : name + ":" + line;
    }
}
