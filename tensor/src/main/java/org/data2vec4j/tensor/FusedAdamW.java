package org.data2vec4j.tensor;

import org.bytedeco.pytorch.Dispatcher;
import org.bytedeco.pytorch.GenericList;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.OperatorHandle;
import org.bytedeco.pytorch.TensorType;
import org.bytedeco.pytorch.Type;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter, 2019) in one sweep over flat buffers: libtorch's
 * {@code _fused_adamw_}, which has no binding of its own and is called by name.
 */
public final class FusedAdamW {
    private static final OperatorHandle OPERATOR = find();

    private FusedAdamW() {}

    private static OperatorHandle find() {
        Native.load();
        OperatorHandle handle = Dispatcher.singleton().findSchemaOrThrow("aten::_fused_adamw_", "");
        handle.retainReference(); // lives as long as the class, whatever scope is open now
        return handle;
    }

    /**
     * One update, in place.
     *
     * @param values the parameters
     * @param gradients their gradients, divided by {@code 1/gradientScale} first
     * @param firstMoment running mean of the gradients
     * @param secondMoment running mean of their squares
     * @param step which update this is, from 1
     * @param gradientScale factor on the gradients, for clipping
     */
    public static void update(
            Tensor values,
            Tensor gradients,
            Tensor firstMoment,
            Tensor secondMoment,
            long step,
            double gradientScale,
            double rate,
            double beta1,
            double beta2,
            double decay,
            double epsilon) {
        try (Scope scope = Scope.open()) {
            Tensor steps = Tensors.of(new float[] {step}, 1).select(0, 0).to(values.device());
            // The kernel divides by its scale, so it takes the inverse; none at all when nothing is to be scaled.
            IValue scale = gradientScale == 1
                    ? new IValue()
                    : new IValue(Tensors.of(new float[] {(float) (1 / gradientScale)}, 1)
                            .select(0, 0)
                            .to(values.device())
                            .raw);
            IValueVector stack = new IValueVector();
            stack.push_back(list(values));
            stack.push_back(list(gradients));
            stack.push_back(list(firstMoment));
            stack.push_back(list(secondMoment));
            stack.push_back(new IValue(new GenericList(new Type.TypePtr(TensorType.get()))));
            stack.push_back(list(steps));
            stack.push_back(new IValue(rate));
            stack.push_back(new IValue(beta1));
            stack.push_back(new IValue(beta2));
            stack.push_back(new IValue(decay));
            stack.push_back(new IValue(epsilon));
            stack.push_back(new IValue(false));
            stack.push_back(new IValue(false));
            stack.push_back(scale);
            stack.push_back(new IValue());
            Grad.noGrad(() -> Dispatcher.singleton().callBoxed(OPERATOR, stack));
        }
    }

    private static IValue list(Tensor tensor) {
        GenericList list = new GenericList(new Type.TypePtr(TensorType.get()));
        list.push_back(new IValue(tensor.raw));
        return new IValue(list);
    }
}
