package org.data2vec4j.text.data;

/** A fixed, ordered set of documents that is read as a stream, as often as wanted. */
public interface TextSource {
    /** Begins to read; what is passed over is told to {@code skipped}. */
    TextReader read(SkippedText skipped);

    /** A hash over names, sizes, order and how files are cut into documents, not over the place in the file system. */
    String fingerprint();

    /** What the user called it, for messages. */
    String name();
}
