package org.data2vec4j.tensor.distributed;

import org.data2vec4j.core.UserException;

/** Processes cannot go on together: one is gone, silent or was never there. The line names it. */
public final class RankLostException extends UserException {
    private static final long serialVersionUID = 1L;

    /** With one line that names the process. */
    public RankLostException(String message) {
        super(message);
    }
}
