package org.data2vec4j.train.distributed;

import java.time.Duration;
import org.data2vec4j.core.Check;

/**
 * How several processes train together; nothing of it changes what is trained, or matters to one process.
 *
 * @param timeoutSeconds after which a process that is silent, or does not come at all, ends the run of all
 * @param bucketMb gradients that are reduced in one piece, in MiB
 * @param overlap whether pieces are reduced as soon as they are known, while back-propagation still runs
 */
public record DistributedConfig(double timeoutSeconds, double bucketMb, boolean overlap) {
    /** Checks the ranges. */
    public DistributedConfig {
        Check.inRange("timeout_seconds", timeoutSeconds, 0.5, 86_400);
        Check.inRange("bucket_mb", bucketMb, 0.001, 1 << 20);
    }

    /** A minute; 4 MiB, overlapped: measured beside PyTorch's 25 in docs/scaling.md. */
    public static DistributedConfig defaults() {
        return new DistributedConfig(60, 4, true);
    }

    /** The silence after which a process is given up. */
    public Duration timeout() {
        return Duration.ofMillis(Math.round(timeoutSeconds * 1000));
    }
}
