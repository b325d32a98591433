package org.data2vec4j.model.method;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.model.nn.Module;
import org.data2vec4j.model.nn.Weights;
import org.data2vec4j.tensor.Device;

/** What a method without a teacher has: one encoder, the modules that are trained beside it, and the weights of all. */
public final class SingleEncoder {
    private final Encoder encoder;
    private final List<Module> beside;
    private final Weights weights;

    /**
     * Gives the modules their weights, begun by {@code seed}; their memory belongs to the {@link org.data2vec4j.tensor.Scope} open
     * now.
     *
     * @param beside what else is trained, by name, in the order of the weights
     */
    public SingleEncoder(Encoder encoder, Map<String, Module> beside, long seed, Device device) {
        this.encoder = encoder;
        this.beside = List.copyOf(beside.values());
        Map<String, Module> modules = new LinkedHashMap<>();
        modules.put("encoder", encoder);
        modules.putAll(beside);
        this.weights = Weights.allocate(device, modules);
        weights.initialise(seed);
        weights.trainable();
    }

    /** The encoder. */
    public Encoder encoder() {
        return encoder;
    }

    /** All that is trained. */
    public Weights weights() {
        return weights;
    }

    void train(boolean on) {
        encoder.train(on);
        beside.forEach(module -> module.train(on));
    }
}
