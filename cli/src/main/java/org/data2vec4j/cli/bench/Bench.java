package org.data2vec4j.cli.bench;

import java.util.List;
import java.util.stream.Collectors;
import org.data2vec4j.core.UserException;
import org.data2vec4j.train.Precision;
import org.data2vec4j.train.recipe.PretrainConfig;

/**
 * A named bench: the step of a fixed configuration.
 *
 * @param name what users call it
 * @param setup its configuration
 */
public record Bench(String name, Setup setup) {
    private static final List<Bench> ALL = List.of(
            new Bench(BenchImage.NAME, BenchImage::config),
            new Bench(BenchAudio.NAME, BenchAudio::config),
            new Bench(BenchText.NAME, BenchText::config));

    /** A bench's configuration, fixed but for these. */
    @FunctionalInterface
    public interface Setup {
        /**
         * The configuration.
         *
         * @param threads processor threads of one operator; 0 for all cores
         * @param updates updates that will be made, warm-up included
         */
        PretrainConfig config(Precision precision, int threads, long updates);
    }

    /** The bench of this name. */
    public static Bench named(String name) {
        return ALL.stream()
                .filter(bench -> bench.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new UserException("unknown bench " + name + "; there is "
                        + ALL.stream().map(Bench::name).collect(Collectors.joining(", "))));
    }
}
