package org.data2vec4j.lab.race;

import java.util.ArrayList;
import java.util.List;
import org.data2vec4j.evaluation.metric.MeanInterval;
import org.data2vec4j.lab.trial.Measure;
import org.data2vec4j.lab.trial.ResultLog;
import org.data2vec4j.lab.trial.RunScores;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** All that was measured so far, by team and seed. */
final class Standings {
    private final RaceConfig race;
    private final ResultLog kept;
    private final List<MethodRuns> teams = new ArrayList<>();

    /** A point's mean over the seeds that have it. */
    record MeanPoint(int point, double paid, MeanInterval score, List<Double> scores) {
        MeanPoint {
            scores = List.copyOf(scores);
        }
    }

    Standings(RaceConfig race, ResultLog kept) {
        this.race = race;
        this.kept = kept;
    }

    void add(MethodRuns team) {
        teams.add(team);
    }

    RaceConfig race() {
        return race;
    }

    /** In the order of the recipe: the challenger first. */
    List<MethodRuns> teams() {
        return List.copyOf(teams);
    }

    void put(SeedRun lane, RacePoint point) {
        kept.put(lane.key(point.point()), point.line(lane));
    }

    /** Whether a run is over: measured at its end, or stopped for good. */
    boolean done(SeedRun lane) {
        return lane.failure() != null || get(lane, race.budget().points()) != null;
    }

    /** The next point of a run that is not done. */
    int next(SeedRun lane) {
        int point = 1;
        while (get(lane, point) != null) {
            point++;
        }
        return point;
    }

    private @Nullable RacePoint get(SeedRun lane, int point) {
        ObjectNode line = kept.get(lane.key(point));
        return line == null ? null : RacePoint.of(line);
    }

    /** A run's points so far. */
    List<RacePoint> points(SeedRun lane) {
        List<RacePoint> points = new ArrayList<>();
        for (int i = 1; i <= race.budget().points(); i++) {
            RacePoint point = get(lane, i);
            if (point != null) {
                points.add(point);
            }
        }
        return points;
    }

    /** The scores of a run's first point; null before it. */
    @Nullable
    RunScores known(SeedRun lane) {
        RacePoint first = get(lane, 1);
        return first == null ? null : first.scores();
    }

    /** A point's score. */
    double score(RacePoint point, Measure.Score score) {
        return point.scores().encoder(race.measure().weights()).scores().of(score);
    }

    /** A run's curve from before its training on; null if nothing was measured. */
    @Nullable
    Curve curve(SeedRun lane, CostAxis amount, Measure.Score score) {
        List<RacePoint> points = points(lane);
        if (points.isEmpty()) {
            return null;
        }
        double[] x = new double[points.size() + 1];
        double[] y = new double[points.size() + 1];
        y[0] = points.get(0).scores().untrained().of(score);
        for (int i = 0; i < points.size(); i++) {
            x[i + 1] = amount.of(points.get(i).progress(), race.budget().seconds() / lane.updates());
            y[i + 1] = score(points.get(i), score);
        }
        return new Curve(x, y);
    }

    /** A team's means, point by point; point 0 is what it was before training. */
    List<MeanPoint> means(MethodRuns team, CostAxis amount, Measure.Score score) {
        List<Curve> curves = new ArrayList<>();
        for (SeedRun lane : team.lanes()) {
            Curve curve = lane.failure() == null ? curve(lane, amount, score) : null;
            if (curve != null) {
                curves.add(curve);
            }
        }
        List<MeanPoint> means = new ArrayList<>();
        for (int point = 0; point <= race.budget().points(); point++) {
            List<Double> scores = new ArrayList<>();
            double paid = 0;
            for (Curve curve : curves) {
                if (point < curve.x().length) {
                    scores.add(curve.y()[point]);
                    paid += curve.x()[point];
                }
            }
            if (!scores.isEmpty()) {
                means.add(new MeanPoint(
                        point,
                        paid / scores.size(),
                        MeanInterval.of(
                                scores.stream().mapToDouble(Double::doubleValue).toArray()),
                        scores));
            }
        }
        return means;
    }

    /** A team's mean curve; null if nothing was measured. */
    @Nullable
    Curve curve(MethodRuns team, CostAxis amount, Measure.Score score) {
        List<MeanPoint> means = means(team, amount, score);
        return means.isEmpty()
                ? null
                : new Curve(
                        means.stream().mapToDouble(MeanPoint::paid).toArray(),
                        means.stream()
                                .mapToDouble(point -> point.score().mean())
                                .toArray());
    }

    /** The mean over all that was measured of what needs no training: the untrained encoder, or the control without one. */
    double baseline(List<MethodRuns> of, Measure.Score score, boolean untrained) {
        return of.stream()
                .flatMap(team -> team.lanes().stream())
                .flatMap(lane -> points(lane).stream().limit(1))
                .map(RacePoint::scores)
                .map(scores -> untrained ? scores.untrained() : scores.control())
                .mapToDouble((RunScores.Pair pair) -> pair.of(score))
                .average()
                .orElse(Double.NaN);
    }
}
