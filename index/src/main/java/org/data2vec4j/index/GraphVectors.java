package org.data2vec4j.index;

import io.github.jbellis.jvector.graph.RandomAccessVectorValues;
import io.github.jbellis.jvector.vector.VectorizationProvider;
import io.github.jbellis.jvector.vector.types.VectorFloat;
import io.github.jbellis.jvector.vector.types.VectorTypeSupport;

/** An index's vectors as the graph's library reads them; they are not copied. */
final class GraphVectors implements RandomAccessVectorValues {
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
