package org.data2vec4j.tensor;

/** How fast this machine multiplies matrices: the roofline of training. */
public final class MatrixRate {
    /** A measurement long enough to choose a precision by. */
    public static final double PROBE_SECONDS = 0.15;

    private static final int ROWS = 2048;
    private static final int INNER = 768;
    private static final int COLUMNS = 768;

    private MatrixRate() {}

    /**
     * The best rate of a plain product of a transformer's shape within a time, in FLOP/s (a multiply and an add are two).
     *
     * @param seconds how long to try; at least three products are made
     */
    public static double measure(DType type, Device device, double seconds) {
        int threads = Native.threads();
        Native.blasThreads(threads); // nothing else runs now: its threads may have the cores
        return Grad.noGrad(() -> {
            try (Scope scope = Scope.open()) {
                Tensor a =
                        Tensors.zeros(DType.F32, device, ROWS, INNER).add(0.5).to(type);
                Tensor b = Tensors.zeros(DType.F32, device, INNER, COLUMNS)
                        .add(0.25)
                        .to(type);
                product(a, b); // pages in the kernels
                long end = System.nanoTime() + (long) (seconds * 1e9);
                long best = Long.MAX_VALUE;
                for (int i = 0; i < 3 || System.nanoTime() < end; i++) {
                    long start = System.nanoTime();
                    product(a, b);
                    best = Math.min(best, System.nanoTime() - start);
                }
                return 2.0 * ROWS * INNER * COLUMNS / (best / 1e9);
            } finally {
                Native.blasThreads(1);
            }
        });
    }

    private static void product(Tensor a, Tensor b) {
        try (Scope scope = Scope.open()) {
            Tensor c = a.matmul(b);
            if (!c.device().isCpu()) {
                c.narrow(0, 0, 1).narrow(1, 0, 1).item(); // waits for the device
            }
        }
    }
}
