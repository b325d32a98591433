package org.data2vec4j.lab.bench;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.data2vec4j.train.Precision;
import org.jspecify.annotations.Nullable;

/**
 * What a bench measured.
 *
 * @param name the bench
 * @param samples what its samples are called
 * @param results each precision's, at least one
 * @param flops operations of an update's products
 * @param threads processor threads of one operator
 * @param updates timed updates of each precision
 * @param device where it ran
 */
record BenchResult(
        String name,
        String samples,
        List<PrecisionResult> results,
        long flops,
        int threads,
        int updates,
        String device) {
    /** The fastest. */
    PrecisionResult best() {
        return results.stream()
                .min(Comparator.comparingDouble(PrecisionResult::medianMs))
                .orElseThrow();
    }

    /** This precision's; null if it was not asked for. */
    @Nullable
    PrecisionResult in(Precision precision) {
        return results.stream()
                .filter(result -> result.precision() == precision)
                .findFirst()
                .orElse(null);
    }

    /** The largest memory of all; null where the system does not tell. */
    @Nullable
    Double peakMb() {
        return results.stream()
                .map(PrecisionResult::peakMb)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }
}
