package org.data2vec4j.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.data2vec4j.WeightsChoice;
import org.data2vec4j.core.UserException;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.model.method.Encoders;
import org.data2vec4j.model.method.MethodConfig;
import org.data2vec4j.model.method.PretrainingMethod;
import org.data2vec4j.model.nn.Parameter;
import org.data2vec4j.model.nn.Weights;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.train.checkpoint.TensorSet;

/**
 * One encoder of a run's checkpoint and nothing else of its method: no second encoder, no decoder, no gradients. May be used by
 * several threads at once; holds its memory until closed, by any thread.
 */
public final class LoadedEncoder implements AutoCloseable {
    private final String name;
    private final Encoder encoder;
    private final OwnedMemory memory;

    private LoadedEncoder(String name, Encoder encoder, OwnedMemory memory) {
        this.name = name;
        this.encoder = encoder;
        this.memory = memory;
    }

    /**
     * Loads an encoder.
     *
     * @param which one of them; of several the preferred one
     * @throws UserException if the method has no such encoder, or the checkpoint does not fit; nothing stays open then
     */
    public static LoadedEncoder of(OpenedRun run, WeightsChoice which) {
        return OwnedMemory.build("the model of " + run.path(), memory -> {
            List<String> names = run.config().method().savedEncoders();
            return names.isEmpty() ? ofMethod(run, which, memory) : alone(run, chosen(names, which), memory);
        });
    }

    private static String chosen(List<String> names, WeightsChoice which) {
        if (!(which instanceof WeightsChoice.Named named)) {
            return names.get(0);
        }
        if (!names.contains(named.encoder())) {
            throw LoadedPretraining.unknown(named.encoder(), names);
        }
        return named.encoder();
    }

    private static LoadedEncoder alone(OpenedRun run, String name, OwnedMemory memory) {
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
    private static LoadedEncoder ofMethod(OpenedRun run, WeightsChoice which, OwnedMemory memory) {
        PretrainingMethod method = LoadedPretraining.load(run);
        Encoders all = method.encoders();
        String name = chosen(List.copyOf(all.keySet()), which);
        Encoder encoder = all.get(name);
        if (encoder == null) {
            throw LoadedPretraining.unknown(name, all.keySet());
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

    /**
     * What {@code work} computes with the encoder, which is not freed before it has ended.
     *
     * @throws IllegalStateException that names the run, if it is closed
     */
    public <T> T use(Supplier<T> work) {
        return memory.use(work);
    }

    /**
     * Refuses an encoder that is closed.
     *
     * @throws IllegalStateException that names the run, if it is
     */
    public void requireOpen() {
        memory.requireOpen();
    }

    /** Frees the encoder when the last {@link #use} in flight has ended. */
    @Override
    public void close() {
        memory.close();
    }
}
