package org.data2vec4j.index;

import io.github.jbellis.jvector.graph.RandomAccessVectorValues;
import io.github.jbellis.jvector.vector.VectorizationProvider;
import io.github.jbellis.jvector.vector.types.VectorFloat;
import io.github.jbellis.jvector.vector.types.VectorTypeSupport;
import java.util.logging.Level;
import java.util.logging.Logger;

/** An index's vectors as the graph's library reads them; they are not copied. */
final class GraphVectors implements RandomAccessVectorValues {
    /** Held, since the JDK forgets the levels of loggers that nobody holds. */
    private static final Logger LIBRARY = Logger.getLogger("io.github.jbellis.jvector");

    static {
        // It logs which vector instructions and how many cores it found, on the console unless told otherwise.
        if (LIBRARY.getLevel() == null) {
            LIBRARY.setLevel(Level.SEVERE);
        }
    }

    private static final VectorTypeSupport TYPES =
            VectorizationProvider.getInstance().getVectorTypeSupport();

    private final UnitVectors vectors;

    GraphVectors(UnitVectors vectors) {
        this.vectors = vectors;
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
