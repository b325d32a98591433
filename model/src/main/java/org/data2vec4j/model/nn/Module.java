package org.data2vec4j.model.nn;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A part of a network: named parameters and named children. It holds no native memory of its own; {@link Weights} places its
 * parameters. What it computes is a method of the subclass.
 */
public abstract class Module {
    private final Map<String, Parameter> own = new LinkedHashMap<>();
    private final Map<String, Module> children = new LinkedHashMap<>();
    private boolean training;

    /** A parameter of this module, to which weight decay applies if it has two dimensions or more. */
    protected final Parameter parameter(String name, Init init, long... shape) {
        return register(name, new Parameter(init, shape.length > 1, shape));
    }

    /** A parameter of this module to which weight decay never applies, whatever its shape. */
    protected final Parameter parameterWithoutDecay(String name, Init init, long... shape) {
        return register(name, new Parameter(init, false, shape));
    }

    private Parameter register(String name, Parameter parameter) {
        if (own.putIfAbsent(name, parameter) != null) {
            throw new IllegalArgumentException("two parameters are named " + name);
        }
        return parameter;
    }

    /** A child of this module. */
    protected final <M extends Module> M child(String name, M module) {
        if (children.putIfAbsent(name, module) != null) {
            throw new IllegalArgumentException("two children are named " + name);
        }
        return module;
    }

    /** Children named {@code name.0}, {@code name.1}, …. */
    protected final <M extends Module> List<M> children(String name, List<M> modules) {
        for (int i = 0; i < modules.size(); i++) {
            child(name + "." + i, modules.get(i));
        }
        return List.copyOf(modules);
    }

    /** All parameters of this module and its children, by their dotted names, in the order of registration. */
    public final Map<String, Parameter> parameters() {
        Map<String, Parameter> all = new LinkedHashMap<>();
        collect("", all);
        return Collections.unmodifiableMap(all);
    }

    private void collect(String prefix, Map<String, Parameter> into) {
        own.forEach((name, parameter) -> into.put(prefix + name, parameter));
        children.forEach((name, module) -> module.collect(prefix + name + ".", into));
    }

    /** Whether dropout and the like act; off until {@link #train} switches it on. */
    public final boolean training() {
        return training;
    }

    /** Switches dropout and the like on or off, here and in all children. */
    public final void train(boolean on) {
        training = on;
        children.values().forEach(module -> module.train(on));
    }
}
