package toy.sine;

import org.data2vec4j.data.Batch;
import org.data2vec4j.data.LoaderPosition;

/** Waves, row by row. */
@SuppressWarnings("ArrayRecordComponent") // on its way through one step; never compared
record SineBatch(long[] ids, float[] values, LoaderPosition next) implements Batch {
    @Override
    public int skipped() {
        return 0;
    }
}
