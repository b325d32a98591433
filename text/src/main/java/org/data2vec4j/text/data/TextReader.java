package org.data2vec4j.text.data;

import org.jspecify.annotations.Nullable;

/** The documents of a source, once, in a fixed order, in pieces of bounded size. Used by one thread. */
public interface TextReader extends AutoCloseable {
    /** The next piece; null at the end. What cannot be used is skipped and named to the source's {@link SkippedText}. */
    @Nullable
    TextPiece next();

    /** Where the piece that was given last stands: a line, or an entry of an archive. */
    String place();

    /** Closes the file in work. */
    @Override
    void close();
}
