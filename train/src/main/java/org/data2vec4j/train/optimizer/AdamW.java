package org.data2vec4j.train.optimizer;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.data2vec4j.model.nn.Weights;
import org.data2vec4j.tensor.FusedAdamW;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.Tensors;

/**
 * AdamW (Loshchilov and Hutter, 2019) over flat weights: one sweep per range of equal decay. Its moments belong to the scope
 * open when it is made.
 */
public final class AdamW {
    private final AdamWConfig config;
    private final Weights weights;
    private final Tensor first;
    private final Tensor second;
    private long step;

    /** An optimiser that has not made a step. */
    public AdamW(AdamWConfig config, Weights weights) {
        this.config = config;
        this.weights = weights;
        Tensor values = weights.values();
        this.first = Tensors.zeros(values.type(), values.device(), values.numel());
        this.second = Tensors.zeros(values.type(), values.device(), values.numel());
    }

    /** {@link #update(double, double, ToDoubleFunction)} at one rate for all. */
    public void update(double rate, double gradientScale) {
        update(rate, gradientScale, group -> 1);
    }

    /**
     * One step along the gathered gradients.
     *
     * @param rate the learning rate now
     * @param gradientScale factor on the gradients, for clipping
     * @param factors of the rate, by group of weights; a group of factor 0 is frozen: neither it nor its moments move
     */
    public void update(double rate, double gradientScale, ToDoubleFunction<String> factors) {
        step++;
        try (Scope scope = Scope.open()) {
            for (Weights.Segment segment : weights.segments()) {
                double factor = factors.applyAsDouble(segment.group());
                if (factor == 0) {
                    continue;
                }
                FusedAdamW.update(
                        part(weights.values(), segment),
                        part(weights.gradients(), segment),
                        part(first, segment),
                        part(second, segment),
                        step,
                        gradientScale,
                        rate * factor,
                        config.beta1(),
                        config.beta2(),
                        segment.decays() ? config.weightDecay() : 0,
                        config.epsilon());
            }
        }
    }

    private static Tensor part(Tensor flat, Weights.Segment segment) {
        return flat.narrow(0, segment.start(), segment.length()).detach();
    }

    /** The peak learning rate. */
    public double peakRate() {
        return config.learningRate();
    }

    /** The moments by parameter: {@code first.NAME} and {@code second.NAME}; views, for saving and loading. */
    public Map<String, Tensor> state() {
        Map<String, Tensor> state = new LinkedHashMap<>();
        weights.views(first).forEach((name, moment) -> state.put("first." + name, moment));
        weights.views(second).forEach((name, moment) -> state.put("second." + name, moment));
        return state;
    }

    /** How many steps it has made. */
    public long step() {
        return step;
    }

    /** Continues from a saved number of steps; the moments are loaded through {@link #state}. */
    public void resumeAt(long steps) {
        step = steps;
    }
}
