package toy;

import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Objects;
import org.data2vec4j.core.KindProvider;

/** Runs code as if a jar with {@link ToyKinds} were on the class path, without other tests seeing it. */
public final class ToyPlugin extends ClassLoader {
    private static final String SERVICE = "META-INF/services/" + KindProvider.class.getName();

    private ToyPlugin() {
        super(ToyPlugin.class.getClassLoader());
    }

    @Override
    protected Enumeration<URL> findResources(String name) {
        return name.equals(SERVICE)
                ? Collections.enumeration(List.of(Objects.requireNonNull(ToyPlugin.class.getResource("provider.txt"))))
                : Collections.emptyEnumeration();
    }

    /** Runs an action while the toy modality and the toy method are registered. */
    public static void with(Runnable action) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(new ToyPlugin());
        try {
            action.run();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /**
     * The recipe of a run of ten updates.
     *
     * @param run the run directory
     */
    public static String recipe(String run) {
        return """
            seed: 1
            precision: fp32
            device: cpu
            data: synthetic
            run: %s
            sine: {length: 64, patch: 8}
            model:
              prenet: 0
              depth: 1
              extra_tokens: 0
              block: {width: 16, heads: 2}
              positions: {kind: conv, layers: 1, kernel: 3, groups: 4}
            infill: {mask: {kind: random, ratio: 0.5}}
            optimizer: {learning_rate: 1.0e-3}
            schedule: {kind: constant, warmup: 0}
            train: {updates: 10, batch: 4, threads: 1, log_every: 1}
            checkpoint: {every_updates: 5, keep: 2}
            guard: {after_updates: 500}
            evaluate: {every_updates: 0}
            """.formatted(run);
    }
}
