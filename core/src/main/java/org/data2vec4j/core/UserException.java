package org.data2vec4j.core;

/**
 * A failure that the user can mend: bad input, a wrong setting, a missing file. The message is one line that says what is
 * wrong, where, what is allowed and what to do; the command line prints it without a stack trace.
 */
public class UserException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** An error with its one-line message. */
    public UserException(String message) {
        super(message);
    }

    /** An error with its one-line message and the failure behind it. */
    public UserException(String message, Throwable cause) {
        super(message, cause);
    }
}
