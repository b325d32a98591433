package org.data2vec4j.serve;

import org.data2vec4j.VectorBatch;

/** What a request asks a vector of. */
sealed interface Sample {
    /** Adds it to a batch; a UserException if it cannot be used. */
    void addTo(VectorBatch batch);

    /** A text. */
    record Text(String text) implements Sample {
        @Override
        public void addTo(VectorBatch batch) {
            batch.add(text);
        }
    }

    /** The bytes of an image's or a recording's file. */
    @SuppressWarnings("ArrayRecordComponent") // a buffer; never compared
    record File(byte[] bytes) implements Sample {
        @Override
        public void addTo(VectorBatch batch) {
            batch.add(bytes);
        }
    }
}
