package org.data2vec4j.cli.doctor;

import java.util.Locale;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.MatrixRate;
import org.data2vec4j.train.Precision;

/** How fast the device multiplies matrices in each type, and what {@code precision=auto} makes of it. */
final class ProductRates {
    private static final double GIGA = 1e9;

    private ProductRates() {}

    static Finding examine(Device device) {
        double single = MatrixRate.measure(DType.F32, device, MatrixRate.PROBE_SECONDS) / GIGA;
        double brain = MatrixRate.measure(DType.BF16, device, MatrixRate.PROBE_SECONDS) / GIGA;
        return Finding.ok(String.format(
                Locale.ROOT,
                "float32 %.0f, bfloat16 %.0f GFLOP/s: %s",
                single,
                brain,
                reason(Precision.AUTO.resolve(device), brain / single)));
    }

    static String reason(Precision chosen, double ratio) {
        String speed = String.format(Locale.ROOT, "bfloat16 is %.1f times as fast", ratio);
        return chosen == Precision.BF16
                ? "precision=auto takes bf16, " + speed
                : "precision=auto takes fp32, " + speed + ", too little to be worth its rounding";
    }
}
