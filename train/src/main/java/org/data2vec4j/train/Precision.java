package org.data2vec4j.train;

import java.nio.file.Path;
import org.data2vec4j.core.UserException;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.MatrixRate;
import org.data2vec4j.train.checkpoint.CheckpointState;

/** The element type of products in training. Parameters, statistics, losses and the teacher are float32 in all. */
public enum Precision {
    /** Whichever is faster here, by a short measurement: bfloat16 where the hardware has units for it. */
    AUTO,
    /** Single precision. */
    FP32,
    /** Brain float products. */
    BF16;

    /** How much faster bfloat16 products must be to be worth their rounding. */
    private static final double WORTHWHILE = 1.5;

    /** Itself, or for {@link #AUTO} the faster of the two on this device. */
    public Precision resolve(Device device) {
        if (this != AUTO) {
            return this;
        }
        double single = MatrixRate.measure(DType.F32, device, MatrixRate.PROBE_SECONDS);
        double brain = MatrixRate.measure(DType.BF16, device, MatrixRate.PROBE_SECONDS);
        return brain > WORTHWHILE * single ? BF16 : FP32;
    }

    /**
     * What a checkpoint was made with.
     *
     * @throws UserException naming the folder if it says something else than a precision
     */
    public static Precision of(CheckpointState state, Path folder) {
        try {
            return valueOf(state.precision());
        } catch (IllegalArgumentException e) {
            throw new UserException(
                    folder + "/state.json: precision is '" + state.precision() + "'; allowed: FP32, BF16", e);
        }
    }

    /** The type that products compute in; not for {@link #AUTO}, which must be resolved first. */
    public DType type() {
        return switch (this) {
            case AUTO -> throw new IllegalStateException("precision is auto: resolve it for a device first");
            case FP32 -> DType.F32;
            case BF16 -> DType.BF16;
        };
    }
}
