package org.data2vec4j.index;

import io.github.jbellis.jvector.graph.RandomAccessVectorValues;
import io.github.jbellis.jvector.vector.VectorizationProvider;
import io.github.jbellis.jvector.vector.types.VectorFloat;
import io.github.jbellis.jvector.vector.types.VectorTypeSupport;
import java.util.logging.Level;
import java.util.logging.Logger;

/** An index's vectors as the graph's library reads them; they are not copied. */
final class GraphVectors implements RandomAccessVectorValues {
    private static final VectorTypeSupport TYPES = types();

    private final UnitVectors vectors;

    GraphVectors(UnitVectors vectors) {
        this.vectors = vectors;
    }

    /** While it looks for the JDK's vector instructions, the library logs which it found, on the console unless told otherwise. */
    private static VectorTypeSupport types() {
        Logger logger = Logger.getLogger(VectorizationProvider.class.getName());
        Level before = logger.getLevel();
        logger.setLevel(Level.OFF);
        try {
            return VectorizationProvider.getInstance().getVectorTypeSupport();
        } finally {
            logger.setLevel(before);
        }
    }

    static VectorFloat<?> of(float[] vector) {
        return TYPES.createFloatVector(vector);
    }

    @Override
    public int size() {
        return vectors.size();
    }

    @Override
    public int dimension() {
        return vectors.width();
    }

    @Override
    public VectorFloat<?> getVector(int row) {
        return of(vectors.get(row));
    }

    @Override
    public boolean isValueShared() {
        return false;
    }

    @Override
    public RandomAccessVectorValues copy() {
        return this;
    }
}
