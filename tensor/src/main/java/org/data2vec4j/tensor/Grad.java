package org.data2vec4j.tensor;

import java.util.function.Supplier;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.GradMode;

/** Whether operators are recorded for a backward pass; the former mode always comes back, also after an exception. */
public final class Grad {
    private Grad() {}

    /** Whether this thread's operators are recorded now. */
    public static boolean isRecorded() {
        return GradMode.is_enabled();
    }

    /** Runs the work without recording it. */
    public static <T> T noGrad(Supplier<T> work) {
        Native.load();
        AutoGradMode mode = new AutoGradMode(false);
        try {
            return work.get();
        } finally {
            mode.deallocate();
        }
    }

    /** Runs the work without recording it. */
    public static void noGrad(Runnable work) {
        noGrad(() -> {
            work.run();
            return Boolean.TRUE;
        });
    }
}
