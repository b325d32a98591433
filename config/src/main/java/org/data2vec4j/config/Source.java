package org.data2vec4j.config;

import org.data2vec4j.core.UserException;

/**
 * Where a setting was written; every message about the setting starts with it.
 *
 * @param name a file, or {@code command line}
 * @param line line in the file, from 1; 0 where there is none
 */
public record Source(String name, int line) {
    /** The place of what is given as an argument such as {@code train.batch=32}. */
    public static final Source COMMAND_LINE = new Source("command line", 0);

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
