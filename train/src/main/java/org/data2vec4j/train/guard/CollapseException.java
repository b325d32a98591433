package org.data2vec4j.train.guard;

import org.data2vec4j.core.UserException;

/** Training that was stopped by its own numbers: they are not finite, or features have collapsed. */
public final class CollapseException extends UserException {
    private static final long serialVersionUID = 1L;

    /** With one line that says which number, and what to try. */
    public CollapseException(String message) {
        super(message);
    }
}
