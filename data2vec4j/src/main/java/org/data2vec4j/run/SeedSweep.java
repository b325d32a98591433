package org.data2vec4j.run;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.data2vec4j.config.Configs;
import org.data2vec4j.core.UserException;
import org.data2vec4j.evaluation.file.AtomicText;
import org.data2vec4j.evaluation.finetune.FineTuneConfig;
import org.data2vec4j.evaluation.metric.SeedSummary;
import org.data2vec4j.train.record.MetricHistory;
import org.data2vec4j.train.record.MetricsFile;

/**
 * The same fine-tuning by several seeds, each in a directory of its own below the run's; at the end the median and the spread of
 * each score, and how many runs failed. Seeds that are done already are not run again.
 */
public final class SeedSweep {
    /** The table of the scores, in the run directory. */
    public static final String TABLE = "seeds.md";

    private static final String SCORE = "eval/";
    private static final String SHARE = "eval/largest_share_";
    private static final double ALL = 100;

    private final FineTuneConfig config;
    private final List<Long> seeds;
    private final PrintWriter out;
    private final RunWatch watch;
    private final RunCommand command;

    /** The runs of a configuration by these seeds; what they do is said on {@code out}, and {@code watch} follows each. */
    public SeedSweep(FineTuneConfig config, List<Long> seeds, PrintWriter out, RunWatch watch, RunCommand command) {
        this.command = command;
        this.config = config;
        this.seeds = List.copyOf(seeds);
        this.out = out;
        this.watch = watch;
    }

    /** The seeds of words such as {@code 1,2,3}; throws {@link UserException} for anything else, or a seed given twice. */
    public static List<Long> seeds(String words) {
        Set<Long> seeds = new LinkedHashSet<>();
        for (String word : words.split(",", -1)) {
            if (!word.strip().matches("\\d{1,18}") || !seeds.add(Long.parseLong(word.strip()))) {
                throw new UserException(
                        "seeds is '" + words + "'; allowed: different whole numbers, as in seeds=1,2,3,4,5");
            }
        }
        return List.copyOf(seeds);
    }

    /** A recipe's overrides with {@code seeds=1,2,3}, if it was given, as the list that a recipe has. */
    public static List<String> overrides(RunArguments arguments) {
        List<String> overrides = new ArrayList<>(arguments.overrides());
        String seeds = arguments.get("seeds");
        if (seeds != null) {
            overrides.add("seeds=" + seeds(seeds));
        }
        return overrides;
    }

    /** Runs one seed after the other; without a table if asked to stop. */
    public void run() {
        Map<String, List<Double>> scores = new LinkedHashMap<>();
        for (long seed : seeds) {
            Path directory = Path.of(config.run(), "seed-" + seed);
            out.println("seed " + seed + " in " + directory);
            FineTuneConfig seeded = Configs.with(config, Map.of("seed", seed, "run", directory.toString()));
            if (!new FineTuneRun(seeded, out, watch, command).run().finished()) {
                return;
            }
            MetricHistory history = MetricsFile.read(directory.resolve(MetricsFile.NAME));
            for (String name : history.names()) {
                if (name.startsWith(SCORE)) {
                    history.last(name)
                            .ifPresent(value -> scores.computeIfAbsent(name, n -> new ArrayList<>())
                                    .add(value));
                }
            }
        }
        String table = table(scores);
        AtomicText.write(Path.of(config.run(), TABLE), writer -> writer.write(table));
        out.println(table);
        out.flush();
    }

    /** The scores as a table in Markdown, and which of the runs failed. */
    private String table(Map<String, List<Double>> scores) {
        StringBuilder table = new StringBuilder(String.format(
                Locale.ROOT,
                "%s of %s, seeds %s%n%n| score | median | mean | lowest | highest | 95 %% of the median |%n"
                        + "| --- | --- | --- | --- | --- | --- |%n",
                config.weights().name().toLowerCase(Locale.ROOT),
                config.from(),
                seeds.stream()
                        .map(String::valueOf)
                        .reduce((a, b) -> a + ", " + b)
                        .orElse("")));
        scores.forEach((name, values) -> {
            if (!name.startsWith(SHARE)) {
                SeedSummary summary = SeedSummary.of(
                        values.stream().mapToDouble(Double::doubleValue).toArray(), 0);
                table.append(String.format(
                        Locale.ROOT,
                        "| %s | %.1f | %.1f | %.1f | %.1f | %.1f to %.1f |%n",
                        name.substring(SCORE.length()),
                        summary.median(),
                        summary.mean(),
                        summary.minimum(),
                        summary.maximum(),
                        summary.low(),
                        summary.high()));
            }
        });
        scores.forEach((name, values) -> {
            List<Long> failed = new ArrayList<>();
            for (int i = 0; i < values.size(); i++) {
                if (name.startsWith(SHARE) && values.get(i) == ALL) {
                    failed.add(seeds.get(i));
                }
            }
            if (!failed.isEmpty()) {
                table.append(String.format(
                        Locale.ROOT,
                        "%nFailed on %s: seeds %s gave every sample the same prediction. They are counted above.%n",
                        name.substring(SHARE.length()),
                        failed));
            }
        });
        return table.toString();
    }
}
