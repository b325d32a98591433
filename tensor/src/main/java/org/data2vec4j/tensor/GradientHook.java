package org.data2vec4j.tensor;

import java.util.List;
import org.bytedeco.pytorch.TensorBase;
import org.bytedeco.pytorch.VoidTensorHook;

/**
 * Work that back-propagation does on its way: once for each of some tensors, when the tensor's gradient is known; for a leaf, just
 * before it is added to what was gathered. It runs on the thread that back-propagates (for tensors on the CPU), and must not throw.
 * The hook belongs to the {@link Scope} open when it is made, which must last as long as the tensors.
 */
public final class GradientHook {
    private final VoidTensorHook raw;

    private GradientHook(VoidTensorHook raw) {
        this.raw = raw;
    }

    /** Hooks the tensors. */
    public static GradientHook on(List<Tensor> tensors, Runnable work) {
        VoidTensorHook raw = new VoidTensorHook() {
            @Override
            public void call(TensorBase gradient) {
                work.run();
            }
        };
        tensors.forEach(tensor -> tensor.raw.register_hook(raw));
        return new GradientHook(raw);
    }

    @Override
    public String toString() {
        return "hook at " + raw.address();
    }
}
