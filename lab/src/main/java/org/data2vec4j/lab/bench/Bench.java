package org.data2vec4j.lab.bench;

import java.util.List;
import java.util.stream.Stream;
import org.data2vec4j.core.UserException;
import org.data2vec4j.train.Precision;
import org.data2vec4j.train.run.PretrainConfig;

/**
 * A named bench: the step of a fixed configuration.
 *
 * @param name what users call it
 * @param setup its configuration
 */
public record Bench(String name, Setup setup) {
    private static final String SECOND = "data2vec2-"; // before a kind of data: that kind's first bench
    private static final List<Bench> ALL = Stream.of(
                    List.of(
                            new Bench(BenchImage.NAME, BenchImage::config),
                            new Bench(BenchAudio.NAME, BenchAudio::config),
                            new Bench(BenchText.NAME, BenchText::config)),
                    BenchImageMethods.ALL,
                    BenchAudioMethods.ALL,
                    BenchTextMethods.ALL)
            .flatMap(List::stream)
            .toList();

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

    /** All names. */
    static List<String> names() {
        return ALL.stream().map(Bench::name).toList();
    }

    /** The bench of this name; {@code data2vec2-image} is {@code image}, and so on. */
    public static Bench named(String name) {
        String sought = name.startsWith(SECOND) ? name.substring(SECOND.length()) : name;
        return ALL.stream()
                .filter(bench -> bench.name().equals(sought))
                .findFirst()
                .orElseThrow(
                        () -> new UserException("unknown bench " + name + "; there is " + String.join(", ", names())));
    }
}
