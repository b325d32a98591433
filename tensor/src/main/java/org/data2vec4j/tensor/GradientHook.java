package org.data2vec4j.tensor;

import java.util.List;
import org.bytedeco.pytorch.TensorBase;
import org.bytedeco.pytorch.VoidTensorHook;

/**
 * Work that back-propagation does on its way: once for each of some leaves, when the leaf's gradient is known and just before it is
 * added to what was gathered. It runs on the thread that back-propagates (for tensors on the CPU), and must not throw. The hook
 * belongs to the {@link Scope} open when it is made, which must last as long as the leaves.
 */
public final class GradientHook {
    private final VoidTensorHook raw;

    private GradientHook(VoidTensorHook raw) {
        this.raw = raw;
    }

    /** Hooks the leaves. */
    public static GradientHook on(List<Tensor> leaves, Runnable work) {
        VoidTensorHook raw = new VoidTensorHook() {
            @Override
            public void call(TensorBase gradient) {
                work.run();
            }
        };
        leaves.forEach(leaf -> leaf.raw.register_hook(raw));
        return new GradientHook(raw);
    }

    @Override
    public String toString() {
        return "hook at " + raw.address();
    }
}
