package org.data2vec4j.embed;

/** Where named vectors go, in order; what is written appears under its name when all of it is there. */
interface VectorWriter extends AutoCloseable {
    /** Takes one. */
    void add(String name, float[] vector);

    /** All are there: gives the file its name. */
    void finish();

    /** Throws away what is not finished. */
    @Override
    void close();
}
