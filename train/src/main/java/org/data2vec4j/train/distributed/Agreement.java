package org.data2vec4j.train.distributed;

import java.util.zip.CRC32C;
import org.data2vec4j.core.UserException;
import org.data2vec4j.model.nn.Weights;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.distributed.ProcessGroup;

/** Whether all processes have the same weights, bit by bit. */
public final class Agreement {
    private static final long PIECE = 1 << 22;

    private Agreement() {}

    /**
     * Compares weights and the number of updates behind them.
     *
     * @throws UserException in every process, naming the first that differs from process 0
     */
    public static void check(ProcessGroup group, Weights weights, long update) {
        if (group.size() == 1) {
            return;
        }
        long[] updates = group.allGather(update);
        long[] fingerprints = group.allGather(fingerprint(weights.values()));
        for (int rank = 1; rank < group.size(); rank++) {
            if (updates[rank] != updates[0]) {
                throw new UserException("rank " + rank + " is at update " + updates[rank] + " and rank 0 at update "
                        + updates[0] + "; all must see the same run directory, on a disk that they share");
            }
            if (fingerprints[rank] != fingerprints[0]) {
                throw new UserException("at update " + update + " rank " + rank + " has other weights than rank 0;"
                        + " all need the same recipe, the same version of data2vec4j and the same run directory");
            }
        }
    }

    private static long fingerprint(Tensor values) {
        CRC32C sum = new CRC32C();
        for (long start = 0; start < values.numel(); start += PIECE) {
            try (Scope scope = Scope.open()) {
                sum.update(values.narrow(0, start, Math.min(PIECE, values.numel() - start))
                        .toBytes());
            }
        }
        return sum.getValue();
    }
}
