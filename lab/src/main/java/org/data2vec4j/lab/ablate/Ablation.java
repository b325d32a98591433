package org.data2vec4j.lab.ablate;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.data2vec4j.config.YamlWriter;
import org.data2vec4j.core.UserException;
import org.data2vec4j.lab.trial.ResultLog;
import org.data2vec4j.lab.trial.RunMeasure;
import org.data2vec4j.lab.trial.RunScores;
import org.data2vec4j.lab.trial.TimingRun;
import org.data2vec4j.run.PretrainRun;
import org.data2vec4j.run.RunDirectory;
import org.data2vec4j.run.RunWatch;
import org.data2vec4j.tensor.distributed.ProcessGroup;
import org.data2vec4j.train.checkpoint.Checkpoints;
import org.data2vec4j.train.guard.CollapseException;
import org.data2vec4j.train.run.PretrainConfig;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Trains and measures every variation by every seed, seed by seed; a cell that is kept in the results is not trained again, and one
 * that was interrupted goes on. The table and the plot are written anew after every cell.
 */
public final class Ablation {
    /** The kept cells, in the ablation's folder. */
    public static final String RESULTS = "results.jsonl";

    private static final String PILOTS = "pilots.jsonl";
    private static final String CONFIG = "ablation.yaml";
    private static final double MINUTE = 60;

    private final AblationConfig config;
    private final RunMeasure measure;
    private final PrintWriter out;
    private final RunWatch watch;

    /** An ablation that says what it does on {@code out}; {@code watch} follows each run and may end the ablation. */
    public Ablation(AblationConfig config, RunMeasure measure, PrintWriter out, RunWatch watch) {
        this.config = config;
        this.measure = measure;
        this.out = out;
        this.watch = watch;
    }

    /** Runs what is not done yet; false if asked to stop before the end. */
    public boolean run() {
        List<Cell> cells = cells();
        Path folder = Path.of(config.run());
        try (RunDirectory directory = RunDirectory.open(folder)) {
            directory.write(CONFIG, YamlWriter.write(config));
            ResultLog results = new ResultLog(folder.resolve(RESULTS));
            ResultLog pilots = new ResultLog(folder.resolve(PILOTS));
            for (int i = 0; i < cells.size(); i++) {
                Cell cell = cells.get(i);
                String title = "cell " + (i + 1) + " of " + cells.size() + ": "
                        + cell.variation().name() + ", seed " + cell.seed();
                if (results.get(cell.key()) != null) {
                    say(title + ", done before");
                } else {
                    say(title + " in " + cell.folder());
                    CellResult result = train(cell, pilots);
                    if (result == null) {
                        return false;
                    }
                    results.put(cell.key(), result.line(cell));
                    tidy(cell);
                }
                report(cells, results).write(folder);
            }
            say(report(cells, results).table());
            say("wrote " + folder.resolve(AblationReport.TABLE) + " and " + folder.resolve(AblationReport.PLOT));
        }
        return true;
    }

    /** All of them, checked before anything is written. */
    private List<Cell> cells() {
        List<Cell> cells = new ArrayList<>();
        for (long seed : config.seeds()) {
            for (Variation variation : config.variations()) {
                Cell cell = Cell.of(config, variation, seed);
                measure.check(cell.config(), config.measure().settings());
                cells.add(cell);
            }
        }
        return cells;
    }

    private @Nullable CellResult train(Cell cell, ResultLog pilots) {
        Long fixed = config.budget().updates();
        long updates = fixed == null ? updates(cell, pilots) : fixed;
        PretrainConfig run = cell.config(updates);
        try {
            if (!new PretrainRun(run, out, ProcessGroup.single(), watch).train().finished()) {
                return null;
            }
        } catch (CollapseException e) {
            say("stopped: " + e.getMessage());
            return new CellResult(updates, Double.NaN, null, e.getMessage());
        }
        RunScores scores = measure.measure(cell.folder(), config.measure().settings(), null);
        scores.encoder(config.measure().weights()); // refused now, not after the last cell
        return new CellResult(updates, elapsed(cell.folder()), scores, null);
    }

    private static double elapsed(Path run) {
        Checkpoints.Saved last = new Checkpoints(run, 1).newest();
        return last == null ? Double.NaN : last.state().elapsed();
    }

    /** As many as fit into the minutes; timed once for all seeds of a variation, so that they train alike. */
    private long updates(Cell cell, ResultLog pilots) {
        String key = Cell.of(config, cell.variation(), config.seeds().get(0)).key();
        ObjectNode kept = pilots.get(key);
        if (kept == null) {
            Double minutes = config.budget().minutes();
            double seconds = TimingRun.of(cell.config()).seconds();
            kept = JsonMapper.shared().createObjectNode();
            kept.put("variation", cell.variation().name());
            kept.put("seconds_per_update", seconds);
            kept.put("updates", Math.max(1, Math.round((minutes == null ? 0 : minutes) * MINUTE / seconds)));
            pilots.put(key, kept);
        }
        return kept.path("updates").asLong();
    }

    private AblationReport report(List<Cell> cells, ResultLog results) {
        Map<Variation, Map<Long, CellResult>> table = new LinkedHashMap<>();
        config.variations().forEach(variation -> table.put(variation, new LinkedHashMap<>()));
        for (Cell cell : cells) {
            ObjectNode line = results.get(cell.key());
            Map<Long, CellResult> row = table.get(cell.variation());
            if (line != null && row != null) {
                row.put(cell.seed(), CellResult.of(line));
            }
        }
        return new AblationReport(config, table);
    }

    /** Checkpoints of measured cells are most of their size. */
    private void tidy(Cell cell) {
        Path checkpoints = cell.folder().resolve("checkpoints");
        if (config.keep() || !Files.isDirectory(checkpoints)) {
            return;
        }
        try (Stream<Path> files = Files.walk(checkpoints)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UserException("cannot delete " + checkpoints + ": " + e + "; set keep=true to keep them", e);
        }
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }
}
