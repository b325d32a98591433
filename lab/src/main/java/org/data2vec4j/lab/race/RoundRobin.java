package org.data2vec4j.lab.race;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.data2vec4j.lab.trial.ResultLog;
import org.data2vec4j.lab.trial.RunMeasure;
import org.data2vec4j.lab.trial.RunScores;
import org.data2vec4j.lab.trial.TimingRun;
import org.data2vec4j.run.RunWatch;
import org.data2vec4j.train.data.Dataset;
import org.data2vec4j.train.guard.CollapseException;

/**
 * Lets the runs of a seed train by turns, a slice of seconds each, until all have made their updates; one that gets to a point is
 * measured and finishes its slice. Seed by seed, so that there is something to see after the first.
 */
final class RoundRobin {
    /** A rest of a slice below this share of it is not worth building the model again. */
    private static final double REST = 0.05;

    private final RaceConfig config;
    private final RunMeasure measure;
    private final List<SeedRun> lanes;
    private final Map<MethodEntry, TimingRun> speeds;
    private final ResultLog progress;
    private final Standings standings;
    private final RunWatch watch;
    private final BooleanSupplier stop;
    private final PrintWriter out;
    private final long began = System.nanoTime();
    private double trained;

    RoundRobin(
            RaceConfig config,
            RunMeasure measure,
            List<SeedRun> lanes,
            Map<MethodEntry, TimingRun> speeds,
            ResultLog progress,
            Standings standings,
            RunWatch watch,
            BooleanSupplier stop,
            PrintWriter out) {
        this.config = config;
        this.measure = measure;
        this.lanes = lanes;
        this.speeds = speeds;
        this.progress = progress;
        this.standings = standings;
        this.watch = watch;
        this.stop = stop;
        this.out = out;
    }

    /** False if asked to stop before the end. */
    boolean run() {
        for (long seed : config.seeds()) {
            List<SeedRun> open = lanes.stream()
                    .filter(lane -> lane.seed() == seed && !standings.done(lane))
                    .toList();
            if (!open.isEmpty() && !run(open)) {
                return false;
            }
        }
        return true;
    }

    private boolean run(List<SeedRun> open) {
        Map<SeedRun, Dataset> feeds = new LinkedHashMap<>();
        try {
            for (SeedRun lane : open) {
                feeds.put(lane, lane.entrant().open(lane.config(), this::say));
            }
            while (!open.stream().allMatch(standings::done)) {
                for (Map.Entry<SeedRun, Dataset> turn : feeds.entrySet()) {
                    if (stop.getAsBoolean() || !turn(turn.getKey(), turn.getValue())) {
                        return false;
                    }
                }
            }
            return true;
        } finally {
            feeds.values().forEach(Dataset::close);
        }
    }

    /** One slice, with the measurements that fall into it; false if asked to stop. */
    private boolean turn(SeedRun lane, Dataset feed) {
        if (standings.done(lane)) {
            return true;
        }
        announce(lane);
        double rest = config.budget().slice();
        while (rest > REST * config.budget().slice() && !standings.done(lane)) {
            int point = standings.next(lane);
            long target = config.budget().at(point, lane.updates());
            if (lane.progress().update() < target) {
                TimeSlice.Result slice;
                try {
                    slice = TimeSlice.run(lane, feed, rest, target, watch, stop, this::say);
                } catch (CollapseException e) {
                    say(lane.entrant().name() + " is out: " + e.getMessage());
                    lane.fail(String.valueOf(e.getMessage()), progress);
                    return true;
                }
                lane.advance(slice, progress);
                rest -= slice.seconds();
                trained += slice.seconds();
                if (slice.stopped() && slice.update() < lane.updates()) {
                    return false;
                }
            }
            if (lane.progress().update() >= target) {
                measure(lane, point);
            }
        }
        return true;
    }

    private void measure(SeedRun lane, int point) {
        say("measuring " + lane.entrant().name());
        RunScores scores = measure.measure(lane.folder(), config.measure().settings(), standings.known(lane));
        double score = scores.encoder(config.measure().weights())
                .scores()
                .of(config.measure().score());
        standings.put(lane, new RacePoint(point, lane.progress(), scores));
        say(RaceText.text(
                "%s, seed %d: %s %.1f after %s (untrained %.1f), point %d of %d",
                lane.entrant().name(),
                lane.seed(),
                config.measure().score().label(),
                score,
                RaceText.duration(lane.progress().seconds()),
                scores.untrained().of(config.measure().score()),
                point,
                config.budget().points()));
        new RaceReport(standings).write(Path.of(config.run()));
    }

    private void announce(SeedRun lane) {
        SeedRun.Progress now = lane.progress();
        say(RaceText.text(
                "on the track: %s, seed %d, %s of about %s, update %,d of %,d; about %s to go",
                lane.entrant().name(),
                lane.seed(),
                RaceText.duration(now.seconds()),
                RaceText.duration(now.seconds() + left(lane)),
                now.update(),
                lane.updates(),
                RaceText.duration(left())));
    }

    /** Seconds until the end, as the race has gone since this process began: measuring and building included. */
    private double left() {
        double rest = lanes.stream().mapToDouble(this::left).sum();
        double wall = (System.nanoTime() - began) / 1e9;
        return rest * (trained > 0 ? wall / trained : 1);
    }

    private double left(SeedRun lane) {
        if (standings.done(lane)) {
            return 0;
        }
        SeedRun.Progress now = lane.progress();
        TimingRun pilot = speeds.get(lane.entrant());
        double pace = now.update() > 0 ? now.seconds() / now.update() : pilot == null ? 0 : pilot.seconds();
        return pace * (lane.updates() - now.update());
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }
}
