package org.data2vec4j.run;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.data2vec4j.evaluation.suite.FrozenConfig;
import org.data2vec4j.evaluation.suite.FrozenEvaluation;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.train.EvaluateConfig;
import org.data2vec4j.train.data.LabelSpec;
import org.data2vec4j.train.data.LabelledSplit;
import org.data2vec4j.train.run.PretrainConfig;

/** The labelled samples that the encoders of a run are measured on: what its recipe says of them, and what a command says instead. */
public final class RunLabels {
    private RunLabels() {}

    /** What the recipe says. */
    public static LabelSpec of(PretrainConfig config) {
        return of(config, Path.of(config.run()), new RunArguments(List.of(), Set.of()));
    }

    /**
     * What a command says by {@code data}, {@code test}, {@code bank}, {@code queries} and {@link LabelSpec#OPTIONS}; the rest is the
     * recipe's.
     *
     * @param run the run directory, which may have been moved since the recipe was written
     */
    public static LabelSpec of(PretrainConfig config, Path run, RunArguments arguments) {
        EvaluateConfig own = config.evaluate();
        // Data of one's own comes with a test set of one's own, or is divided; the run's test set belongs to the run's
        // data.
        boolean others = arguments.get("data") != null;
        Map<String, String> options = new LinkedHashMap<>(options(own));
        for (String name : LabelSpec.OPTIONS) {
            String value = arguments.get(name);
            if (value != null) {
                options.put(name, value);
            }
        }
        return new LabelSpec(
                arguments.get("data", own.trainData()),
                arguments.get("test", others ? "" : own.testData()),
                arguments.number("bank", own.bank()),
                arguments.number("queries", own.queries()),
                options,
                run,
                config.data(),
                config.train(),
                config.seed());
    }

    private static Map<String, String> options(EvaluateConfig own) {
        RunArguments words = new RunArguments(own.options(), Set.copyOf(LabelSpec.OPTIONS));
        words.noOverrides("evaluate.options of " + String.join("=…, ", LabelSpec.OPTIONS) + "=…");
        Map<String, String> options = new LinkedHashMap<>();
        for (String name : LabelSpec.OPTIONS) {
            String value = words.get(name);
            if (value != null) {
                options.put(name, value);
            }
        }
        return options;
    }

    /** The short evaluation of the encoders of a run. */
    public static FrozenEvaluation evaluation(
            PretrainConfig config, FrozenConfig what, LabelledSplit data, Device device, DType products) {
        return new FrozenEvaluation(what, data, device, products, seed -> untrained(config, seed, device));
    }

    /** The first encoder of the method of a run at random initialisation by a seed, in the scope open now. */
    public static Encoder untrained(PretrainConfig config, long seed, Device device) {
        return config.method()
                .build(
                        config.model(),
                        config.modality().featureEncoder(config.model().width()),
                        seed,
                        device)
                .encoders()
                .preferred();
    }
}
