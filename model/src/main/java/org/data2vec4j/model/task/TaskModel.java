package org.data2vec4j.model.task;

import java.util.LinkedHashMap;
import java.util.Map;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.model.encoder.Input;
import org.data2vec4j.model.mask.Layout;
import org.data2vec4j.model.method.TrainableModel;
import org.data2vec4j.model.nn.Module;
import org.data2vec4j.model.nn.Weights;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Grad;
import org.data2vec4j.tensor.Tensor;

/**
 * An encoder that learns a task: feature encoder, hidden spans, blocks; a subclass puts a head on it. Each block is a group of weights
 * with a learning rate of its own. Shapes: B, T, D.
 */
public abstract class TaskModel implements TrainableModel {
    private static final String FRONT_END = "encoder.local";
    private static final String ENCODER = "encoder";

    private final Encoder encoder;
    private final TokenMask mask;
    private final Module head;
    private final FreezeConfig freeze;
    private final Weights weights;
    private final Map<String, Integer> layers = new LinkedHashMap<>();
    private final double layerDecay;
    private final long seed;

    /**
     * A model begun by {@code seed}; its memory belongs to the scope open now.
     *
     * @param layerDecay factor on the learning rate from the head to the last block, from each block to the one before it, and from
     *     the first block to all before it (Clark et al., 2020; MAE's fine-tuning)
     */
    protected TaskModel(
            Encoder encoder,
            TokenMaskConfig mask,
            FreezeConfig freeze,
            Module head,
            double layerDecay,
            long seed,
            Device device) {
        this.encoder = encoder;
        this.mask = new TokenMask(mask, encoder.config().width());
        this.head = head;
        this.freeze = freeze;
        this.seed = seed;
        Map<String, Module> modules = new LinkedHashMap<>();
        modules.put(FRONT_END, encoder.featureEncoder());
        encoder.layers().forEach((name, layer) -> {
            layers.put(ENCODER + "." + name, layers.size() + 1);
            modules.put(ENCODER + "." + name, layer);
        });
        modules.put(ENCODER, encoder); // what is left of it: extra tokens, norms, positions
        modules.put("mask", this.mask);
        modules.put("head", head);
        this.layerDecay = layerDecay;
        this.weights = Weights.allocate(device, modules);
        weights.initialise(seed);
        weights.trainable();
    }

    /** The encoder over a batch in training: spans are hidden, and what is frozen is not recorded. */
    protected final Encoder.Output encode(Input input, Layout layout, long update) {
        boolean learns = freeze.encoderLearns(update);
        Tensor local_BTD = freeze.featureEncoder() || !learns
                ? Grad.noGrad(() -> encoder.featureEncoder().tokens(input, layout))
                : encoder.featureEncoder().tokens(input, layout);
        if (!learns) {
            return Grad.noGrad(() -> encoder.encode(mask.apply(local_BTD, layout, seed, update, input.ids()), layout));
        }
        return encoder.encode(mask.apply(local_BTD, layout, seed, update, input.ids()), layout);
    }

    @Override
    public double rateFactor(String group, long update) {
        boolean ofFrontEnd = group.equals(FRONT_END);
        boolean ofEncoder = ofFrontEnd || group.startsWith(ENCODER);
        if ((ofEncoder && !freeze.encoderLearns(update)) || (ofFrontEnd && freeze.featureEncoder())) {
            return 0;
        }
        int layer = ofEncoder ? layers.getOrDefault(group, 0) : layers.size() + 1;
        return Math.pow(layerDecay, layers.size() + 1.0 - layer);
    }

    /** The encoder. */
    public final Encoder encoder() {
        return encoder;
    }

    @Override
    public final Weights weights() {
        return weights;
    }

    @Override
    public final void train(boolean on) {
        encoder.train(on);
        mask.train(on);
        head.train(on);
    }
}
