package org.data2vec4j.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.data2vec4j.core.UserException;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.model.method.Encoders;
import org.data2vec4j.model.method.MethodConfig;
import org.data2vec4j.model.method.PretrainingMethod;
import org.data2vec4j.model.nn.Parameter;
import org.data2vec4j.model.nn.Weights;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.train.checkpoint.TensorSet;

/**
 * One encoder of a run's checkpoint and nothing else of its method: no second encoder, no decoder, no gradients. Holds its memory until
 * closed.
 */
public final class LoadedEncoder implements AutoCloseable {
    private final String name;
    private final Encoder encoder;
    private final Scope memory;

    private LoadedEncoder(String name, Encoder encoder, Scope memory) {
        this.name = name;
        this.encoder = encoder;
        this.memory = memory;
    }

    /**
     * Loads an encoder.
     *
     * @param which {@code student}, {@code teacher}, … as the method calls it; {@code both} for the preferred one
     * @throws UserException if the method has no such encoder, or the checkpoint does not fit; nothing stays open then
     */
    public static LoadedEncoder of(OpenedRun run, String which) {
        return Scope.owned(memory -> {
            List<String> names = run.config().method().savedEncoders();
            return names.isEmpty() ? ofMethod(run, which, memory) : alone(run, chosen(names, which), memory);
        });
    }

    private static String chosen(List<String> names, String which) {
        if (which.equals(LoadedPretraining.BOTH)) {
            return names.get(0);
        }
        if (!names.contains(which)) {
            throw LoadedPretraining.unknown(which, names);
        }
        return which;
    }

    private static LoadedEncoder alone(OpenedRun run, String name, Scope memory) {
        Encoder encoder = run.config().encoder();
        Weights weights = Weights.allocate(run.device(), Map.of(MethodConfig.ENCODER, encoder));
        Map<String, Tensor> values = new LinkedHashMap<>();
        for (Map.Entry<String, Parameter> entry : weights.parameters().entrySet()) {
            values.put(entry.getKey(), entry.getValue().value());
        }
        if (name.equals(MethodConfig.TEACHER)) {
            // What the teacher does not average is the student's own.
            TensorSet.loadSome(run.saved().intact(MethodConfig.TEACHER), values).forEach(values::remove);
        }
        TensorSet.loadAll(run.saved().intact(MethodConfig.STUDENT), values);
        return new LoadedEncoder(name, encoder, memory);
    }

    /** Of a method that says nothing of its encoders: all of it is built. */
    private static LoadedEncoder ofMethod(OpenedRun run, String which, Scope memory) {
        PretrainingMethod method = LoadedPretraining.load(run);
        Encoders all = method.encoders();
        String name = chosen(List.copyOf(all.keySet()), which);
        Encoder encoder = all.get(name);
        if (encoder == null) {
            throw LoadedPretraining.unknown(which, all.keySet());
        }
        return new LoadedEncoder(name, encoder, memory);
    }

    /** Which one it is. */
    public String name() {
        return name;
    }

    /** The encoder. */
    public Encoder encoder() {
        return encoder;
    }

    @Override
    public void close() {
        memory.close();
    }
}
