package org.data2vec4j.lab.race;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.data2vec4j.lab.race.Standings.MeanPoint;
import org.data2vec4j.lab.trial.Measure;
import org.data2vec4j.report.BandPlot;

/** The curves of a race. */
final class RacePlots {
    private static final double ALL = 100;

    private RacePlots() {}

    /** The name of the plot's file. */
    static String file(CostAxis amount, Measure.Score score) {
        return "race-" + (score == Measure.Score.KNN ? "knn" : "probe") + "-" + amount.word() + ".svg";
    }

    /** A score over what was paid, a curve for each competitor. */
    static BandPlot plot(Standings standings, CostAxis amount, Measure.Score score) {
        List<BandPlot.Curve> curves = new ArrayList<>();
        for (MethodRuns team : standings.teams()) {
            List<BandPlot.Point> points = new ArrayList<>();
            for (MeanPoint point : standings.means(team, amount, score)) {
                points.add(point(standings.race().seeds().size(), point));
            }
            curves.add(new BandPlot.Curve(team.name(), points));
        }
        return new BandPlot(
                RaceText.title(score) + " over " + amount.label(),
                amount.label(),
                "percent, " + band(standings.race().seeds().size()),
                curves,
                List.of(
                        new BandPlot.Line("untrained", standings.baseline(standings.teams(), score, true)),
                        new BandPlot.Line("no encoder", standings.baseline(standings.teams(), score, false))));
    }

    /** With a band: the mean's interval, or, of two seeds, whose interval would fill the plot, from the one to the other. */
    private static BandPlot.Point point(int seeds, MeanPoint point) {
        double mean = point.score().mean();
        if (seeds == 2) {
            return new BandPlot.Point(
                    point.paid(), mean, Collections.min(point.scores()), Collections.max(point.scores()));
        }
        return new BandPlot.Point(
                point.paid(),
                mean,
                Math.max(0, point.score().low()),
                Math.min(ALL, point.score().high()));
    }

    private static String band(int seeds) {
        return switch (seeds) {
            case 1 -> "one seed";
            case 2 -> "mean of 2 seeds, and from the one to the other";
            default -> "mean of " + seeds + " seeds with its 95 % interval";
        };
    }
}
