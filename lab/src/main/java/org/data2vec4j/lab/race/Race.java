package org.data2vec4j.lab.race;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.data2vec4j.config.YamlWriter;
import org.data2vec4j.core.UserException;
import org.data2vec4j.lab.trial.Measure;
import org.data2vec4j.lab.trial.ResultLog;
import org.data2vec4j.lab.trial.RunMeasure;
import org.data2vec4j.lab.trial.TimingRun;
import org.data2vec4j.run.RunDirectory;
import org.data2vec4j.run.RunWatch;
import org.data2vec4j.run.StopRequest;

/**
 * A race from the first timing to the last table; what is done is kept, and the same race goes on. Seconds become updates by each
 * entrant's own speed, learning rates are found, and then, seed by seed, all train by turns ({@link RoundRobin}). The tables and plots
 * are written anew after every measurement.
 */
public final class Race {
    private static final String CONFIG = "race.yaml";

    private final RaceConfig config;
    private final RunMeasure measure;
    private final RunWatch watch;
    private final PrintWriter out;

    /** A race that says what it does on {@code out}; {@code watch} follows each run and may end the race. */
    public Race(RaceConfig config, RunMeasure measure, RunWatch watch, PrintWriter out) {
        this.config = config;
        this.measure = measure;
        this.watch = watch;
        this.out = out;
    }

    /** Runs what is not done yet; false if asked to stop before the end. */
    public boolean run() {
        List<MethodEntry> entrants = MethodEntry.all(config);
        entrants.forEach(entrant -> check(entrant));
        Path folder = Path.of(config.run());
        try (StopRequest stop = watch.stopRequest();
                RunDirectory directory = RunDirectory.open(folder)) {
            directory.write(CONFIG, YamlWriter.write(config));
            boolean done = run(entrants, folder, stop);
            if (!done) {
                say("stopped; what was trained is kept, and the same command goes on from it");
            }
            return done;
        }
    }

    private void check(MethodEntry entrant) {
        try {
            measure.check(entrant.recipe(), config.measure().settings());
        } catch (UserException e) {
            throw new UserException("competitor '" + entrant.name() + "': " + e.getMessage(), e);
        }
    }

    private boolean run(List<MethodEntry> entrants, Path folder, BooleanSupplier stop) {
        Map<MethodEntry, TimingRun> speeds =
                ThroughputTimings.of(entrants, new ResultLog(folder.resolve("pilots.jsonl")), stop, this::say);
        if (speeds == null) {
            return false;
        }
        speeds.forEach(this::checkWeights);
        Map<MethodEntry, List<LearningRateTrial>> tried = Map.of();
        LearningRateSweep sweep = config.sweep();
        if (sweep != null) {
            ResultLog kept = new ResultLog(folder.resolve("sweep.jsonl"));
            tried = new LearningRateTrials(config, sweep, measure, kept, watch, stop, this::say).run(speeds);
            if (tried == null) {
                return false;
            }
        }
        Standings standings = new Standings(config, new ResultLog(folder.resolve("points.jsonl")));
        List<SeedRun> lanes = new ArrayList<>();
        ResultLog progress = new ResultLog(folder.resolve("progress.jsonl"));
        for (Map.Entry<MethodEntry, TimingRun> speed : speeds.entrySet()) {
            List<LearningRateTrial> rates = tried.getOrDefault(speed.getKey(), List.of());
            MethodRuns team = team(speed.getKey(), speed.getValue(), rates, progress);
            standings.add(team);
            lanes.addAll(team.lanes());
        }
        boolean done = new RoundRobin(config, measure, lanes, speeds, progress, standings, watch, stop, out).run();
        RaceReport report = new RaceReport(standings);
        report.write(folder);
        if (done) {
            say(report.markdown());
            say("wrote " + folder.resolve(RaceReport.PAGE) + ", race.md, race.json, race.csv and the plots beside it");
        }
        return done;
    }

    private void checkWeights(MethodEntry entrant, TimingRun pilot) {
        try {
            Measure.place(config.measure().weights(), pilot.encoders());
        } catch (UserException e) {
            throw new UserException("competitor '" + entrant.name() + "': " + e.getMessage(), e);
        }
    }

    private MethodRuns team(MethodEntry entrant, TimingRun pilot, List<LearningRateTrial> tried, ResultLog progress) {
        double rate = tried.isEmpty()
                ? entrant.recipe().optimizer().learningRate()
                : LearningRateTrials.best(entrant, tried, config.measure());
        long updates = Math.max(1, Math.round(config.budget().seconds() / pilot.seconds()));
        Map<Long, SeedRun> lanes = new LinkedHashMap<>();
        for (long seed : config.seeds()) {
            SeedRun lane = entrant.run(seed, updates, rate);
            lane.restore(progress, pilot);
            lanes.put(seed, lane);
        }
        say(RaceText.text(
                "%s: %s s an update, so %,d updates; learning rate %s",
                entrant.name(), RaceText.number(pilot.seconds()), updates, RaceText.number(rate)));
        return new MethodRuns(entrant, pilot, rate, tried, List.copyOf(lanes.values()));
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }
}
