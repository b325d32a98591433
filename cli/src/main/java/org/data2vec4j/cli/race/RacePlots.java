package org.data2vec4j.cli.race;

import java.util.ArrayList;
import java.util.List;
import org.data2vec4j.cli.race.Standings.MeanPoint;
import org.data2vec4j.cli.report.BandPlot;
import org.data2vec4j.cli.trial.Measure;

/** The curves of a race. */
final class RacePlots {
    private static final double ALL = 100;

    private RacePlots() {}

    /** The name of the plot's file. */
    static String file(Amount amount, Measure.Score score) {
        return "race-" + (score == Measure.Score.KNN ? "knn" : "probe") + "-" + amount.word() + ".svg";
    }

    /** A score over what was paid, a curve for each competitor. */
    static BandPlot plot(Standings standings, Amount amount, Measure.Score score) {
        List<BandPlot.Curve> curves = new ArrayList<>();
        for (Team team : standings.teams()) {
            List<BandPlot.Point> points = new ArrayList<>();
            for (MeanPoint point : standings.means(team, amount, score)) {
                points.add(new BandPlot.Point(
                        point.paid(),
                        point.score().mean(),
                        Math.max(0, point.score().low()),
                        Math.min(ALL, point.score().high())));
            }
            curves.add(new BandPlot.Curve(team.name(), points));
        }
        String band = standings.race().seeds().size() > 1
                ? ", mean of " + standings.race().seeds().size() + " seeds with its 95 % interval"
                : ", one seed";
        return new BandPlot(
                RaceText.title(score) + " over " + amount.label(),
                amount.label(),
                "percent" + band,
                curves,
                List.of(
                        new BandPlot.Line("untrained", standings.baseline(standings.teams(), score, true)),
                        new BandPlot.Line("no encoder", standings.baseline(standings.teams(), score, false))));
    }
}
