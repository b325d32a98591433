package org.data2vec4j.model.nn;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.data2vec4j.core.Rng;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.Tensors;
import org.jspecify.annotations.Nullable;

/**
 * All parameters of a module in one flat float32 buffer, so that optimiser, teacher and clipping are a few calls instead of a
 * loop. Within each module the decaying parameters come first; modules keep their order, so a teacher made of the first modules
 * of a student is laid out as a prefix of it. The buffer lives in the {@link org.data2vec4j.tensor.Scope} open at allocation.
 */
public final class Weights {
    /** Each parameter begins on a cache line. */
    private static final int ALIGNMENT = 16;

    private final Map<String, Parameter> parameters;
    private final List<Segment> segments;
    private final Tensor values;
    private @Nullable Tensor gradients;

    /**
     * A contiguous range of the buffer to which weight decay applies throughout, or nowhere.
     *
     * @param group the name under which its module was allocated: groups may learn at rates of their own
     */
    public record Segment(String group, long start, long length, boolean decays) {}

    private Weights(Map<String, Parameter> parameters, List<Segment> segments, Tensor values) {
        this.parameters = parameters;
        this.segments = segments;
        this.values = values;
    }

    /**
     * Gives every parameter a place, all zero; call {@link #initialise} or load values next.
     *
     * @param modules by the first part of their parameters' names, in order; a parameter that two of them hold under one name
     *     has its place with the first
     */
    public static Weights allocate(Device device, Map<String, ? extends Module> modules) {
        Map<String, Parameter> ordered = new LinkedHashMap<>();
        List<Segment> segments = new ArrayList<>();
        long end = 0;
        for (Map.Entry<String, ? extends Module> module : modules.entrySet()) {
            for (boolean decays : new boolean[] {true, false}) {
                long length = place(module, decays, ordered);
                if (length > 0) {
                    segments.add(new Segment(module.getKey(), end, length, decays));
                }
                end += length;
            }
        }
        Tensor values = Tensors.zeros(DType.F32, device, end);
        Weights weights = new Weights(Collections.unmodifiableMap(ordered), List.copyOf(segments), values);
        weights.eachPlace((name, parameter, start) -> parameter.place(slice(values, parameter, start)));
        return weights;
    }

    /** Appends a module's parameters that decay, or those that do not, and tells the room they take. */
    private static long place(
            Map.Entry<String, ? extends Module> module, boolean decays, Map<String, Parameter> ordered) {
        long length = 0;
        for (Map.Entry<String, Parameter> entry : module.getValue().parameters().entrySet()) {
            String name = module.getKey() + "." + entry.getKey();
            Parameter parameter = entry.getValue();
            if (parameter.decays() == decays && ordered.putIfAbsent(name, parameter) == null) {
                length += padded(parameter.numel());
            }
        }
        return length;
    }

    /** Begins every parameter by its own {@link Init}, keyed by the seed and its name. */
    public void initialise(long seed) {
        parameters.forEach((name, parameter) ->
                parameter.value().detach().copy_(parameter.init().values(parameter.numel(), Rng.named(seed, name))));
    }

    /**
     * Gives the parameters of a module that have no place yet that of the parameter of the same name here: one value for both,
     * which only its owner trains.
     *
     * @param prefix the first part of their names here
     */
    public void lendTo(String prefix, Module module) {
        module.parameters().forEach((name, parameter) -> {
            if (!parameter.isPlaced()) {
                parameter.place(parameter(prefix + "." + name).value().detach());
            }
        });
    }

    /** Makes every parameter a leaf to differentiate by; gradients gather in {@link #gradients()}. */
    public void trainable() {
        Tensor flat = Tensors.zeros(DType.F32, values.device(), values.numel());
        gradients = flat;
        eachPlace((name, parameter, start) -> {
            Tensor leaf = slice(values, parameter, start).detach().requiresGrad_(true);
            leaf.gradient(slice(flat, parameter, start));
            parameter.place(leaf);
        });
    }

    /** The parameters by name, in the buffer's order. */
    public Map<String, Parameter> parameters() {
        return parameters;
    }

    /** The parameter of this name; throws if there is none. */
    public Parameter parameter(String name) {
        Parameter parameter = parameters.get(name);
        if (parameter == null) {
            throw new IllegalArgumentException("there is no parameter named " + name);
        }
        return parameter;
    }

    /** How many learned numbers there are. */
    public long numel() {
        return parameters.values().stream().mapToLong(Parameter::numel).sum();
    }

    /** The flat buffer; parameters are views of it. */
    public Tensor values() {
        return values;
    }

    /** The flat gradients, laid out as {@link #values()}; {@link #trainable} must have been called. */
    public Tensor gradients() {
        if (gradients == null) {
            throw new IllegalStateException("these weights are not trained: call trainable() first");
        }
        return gradients;
    }

    /** The ranges by weight decay, in order, covering the buffer. */
    public List<Segment> segments() {
        return segments;
    }

    /** Where a parameter begins in the buffer. */
    public record Place(Parameter parameter, long start) {}

    /** All parameters with their places, in the buffer's order. */
    public List<Place> places() {
        List<Place> places = new ArrayList<>();
        eachPlace((name, parameter, start) -> places.add(new Place(parameter, start)));
        return places;
    }

    private interface Visitor {
        void at(String name, Parameter parameter, long start);
    }

    private void eachPlace(Visitor place) {
        long start = 0;
        for (Map.Entry<String, Parameter> entry : parameters.entrySet()) {
            place.at(entry.getKey(), entry.getValue(), start);
            start += padded(entry.getValue().numel());
        }
    }

    /** The part of another buffer of this layout (an optimiser's moment, say) that belongs to each parameter, by name. */
    public Map<String, Tensor> views(Tensor buffer) {
        Map<String, Tensor> views = new LinkedHashMap<>();
        eachPlace((name, parameter, start) -> views.put(name, slice(buffer, parameter, start)));
        return views;
    }

    private static Tensor slice(Tensor flat, Parameter parameter, long start) {
        return flat.narrow(0, start, parameter.numel()).view(parameter.shape());
    }

    private static long padded(long count) {
        return (count + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }
}
