package org.data2vec4j.cli.race;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.data2vec4j.cli.config.YamlWriter;
import org.data2vec4j.cli.run.RunDirectory;
import org.data2vec4j.cli.trial.KeptLines;
import org.data2vec4j.cli.trial.Measure;
import org.data2vec4j.cli.trial.Pilot;
import org.data2vec4j.cli.trial.RunMeasure;
import org.data2vec4j.core.UserException;

/**
 * A race from the first timing to the last table; what is done is kept, and the same race goes on. Seconds become updates by each
 * entrant's own speed, learning rates are found, and then, seed by seed, all train by turns ({@link Turns}). The tables and plots
 * are written anew after every measurement.
 */
public final class Race {
    private static final String CONFIG = "race.yaml";

    private final RaceConfig config;
    private final RunMeasure measure;
    private final BooleanSupplier stop;
    private final PrintWriter out;

    /** A race that says what it does on {@code out}; {@code stop} is asked after every update. */
    public Race(RaceConfig config, RunMeasure measure, BooleanSupplier stop, PrintWriter out) {
        this.config = config;
        this.measure = measure;
        this.stop = stop;
        this.out = out;
    }

    /** Runs what is not done yet; false if asked to stop before the end. */
    public boolean run() {
        List<Entrant> entrants = Entrant.all(config);
        entrants.forEach(entrant -> check(entrant));
        Path folder = Path.of(config.run());
        boolean done;
        try (RunDirectory directory = RunDirectory.open(folder)) {
            directory.write(CONFIG, YamlWriter.write(config));
            done = run(entrants, folder);
        }
        if (!done) {
            say("stopped; what was trained is kept, and the same command goes on from it");
        }
        return done;
    }

    private void check(Entrant entrant) {
        try {
            measure.check(entrant.recipe(), config.measure().settings());
        } catch (UserException e) {
            throw new UserException("competitor '" + entrant.name() + "': " + e.getMessage(), e);
        }
    }

    private boolean run(List<Entrant> entrants, Path folder) {
        Map<Entrant, Pilot> speeds =
                Speeds.of(entrants, new KeptLines(folder.resolve("pilots.jsonl")), stop, this::say);
        if (speeds == null) {
            return false;
        }
        speeds.forEach(this::checkWeights);
        Map<Entrant, List<Tried>> tried = Map.of();
        Sweep sweep = config.sweep();
        if (sweep != null) {
            KeptLines kept = new KeptLines(folder.resolve("sweep.jsonl"));
            tried = new LearningRates(config, sweep, measure, kept, stop, this::say).run(speeds);
            if (tried == null) {
                return false;
            }
        }
        Standings standings = new Standings(config, new KeptLines(folder.resolve("points.jsonl")));
        List<Lane> lanes = new ArrayList<>();
        KeptLines progress = new KeptLines(folder.resolve("progress.jsonl"));
        for (Map.Entry<Entrant, Pilot> speed : speeds.entrySet()) {
            List<Tried> rates = tried.getOrDefault(speed.getKey(), List.of());
            Team team = team(speed.getKey(), speed.getValue(), rates, progress);
            standings.add(team);
            lanes.addAll(team.lanes());
        }
        boolean done = new Turns(config, measure, lanes, speeds, progress, standings, stop, out).run();
        RaceReport report = new RaceReport(standings);
        report.write(folder);
        if (done) {
            say(report.markdown());
            say("wrote " + folder.resolve(RaceReport.PAGE) + ", race.md, race.json, race.csv and the plots beside it");
        }
        return done;
    }

    private void checkWeights(Entrant entrant, Pilot pilot) {
        try {
            Measure.place(config.measure().weights(), pilot.encoders());
        } catch (UserException e) {
            throw new UserException("competitor '" + entrant.name() + "': " + e.getMessage(), e);
        }
    }

    private Team team(Entrant entrant, Pilot pilot, List<Tried> tried, KeptLines progress) {
        double rate = tried.isEmpty()
                ? entrant.recipe().optimiser().learningRate()
                : LearningRates.best(entrant, tried, config.measure());
        long updates = Math.max(1, Math.round(config.budget().seconds() / pilot.seconds()));
        Map<Long, Lane> lanes = new LinkedHashMap<>();
        for (long seed : config.seeds()) {
            Lane lane = entrant.run(seed, updates, rate);
            lane.restore(progress, pilot);
            lanes.put(seed, lane);
        }
        say(RaceText.text(
                "%s: %s s an update, so %,d updates; learning rate %s",
                entrant.name(), RaceText.number(pilot.seconds()), updates, RaceText.number(rate)));
        return new Team(entrant, pilot, rate, tried, List.copyOf(lanes.values()));
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }
}
