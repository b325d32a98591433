package org.data2vec4j.lab.race;

import static org.data2vec4j.lab.race.RaceText.number;
import static org.data2vec4j.lab.race.RaceText.percent;
import static org.data2vec4j.lab.race.RaceText.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.data2vec4j.config.ConfigDiff;
import org.data2vec4j.evaluation.metric.MeanInterval;
import org.data2vec4j.lab.race.Standings.MeanPoint;
import org.data2vec4j.lab.trial.Measure;
import org.data2vec4j.lab.trial.RunScores;
import org.data2vec4j.report.TextTable;
import org.data2vec4j.train.run.PretrainConfig;
import org.jspecify.annotations.Nullable;

/** What was measured, as tables. */
final class RaceTables {
    private final Standings standings;
    private final Measure measure;

    RaceTables(Standings standings) {
        this.standings = standings;
        this.measure = standings.race().measure();
    }

    /** Where everyone was at the newest point. */
    TextTable end(Measure.Score score) {
        List<List<String>> rows = new ArrayList<>();
        for (MethodRuns team : standings.teams()) {
            MeanPoint last = last(team, CostAxis.SECONDS, score);
            if (last == null) {
                continue;
            }
            MeanInterval mean = last.score();
            rows.add(List.of(
                    team.name(),
                    percent(median(last.scores())),
                    percent(mean.mean()),
                    range(mean),
                    last.scores().stream().map(RaceText::percent).collect(Collectors.joining(" ")),
                    percent(standings.baseline(List.of(team), score, true)),
                    percent(standings.baseline(List.of(team), score, false)),
                    number(last.paid())));
        }
        return new TextTable(
                RaceText.title(score) + " at the end, percent",
                List.of(
                        "competitor",
                        "median",
                        "mean",
                        "95 % interval",
                        "by seed",
                        "untrained",
                        "control",
                        "after seconds"),
                rows,
                "Intervals of the mean: Student's t over seeds; they speak of these seeds' spread. Untrained: the same encoder at"
                        + " random initialisation. Control: no encoder (pixels, log-mel or token counts).");
    }

    /** What the newest point took, on average over seeds. */
    TextTable costs() {
        List<List<String>> rows = new ArrayList<>();
        for (MethodRuns team : standings.teams()) {
            MeanPoint seconds = last(team, CostAxis.SECONDS, measure.score());
            MeanPoint samples = last(team, CostAxis.SAMPLES, measure.score());
            MeanPoint flops = last(team, CostAxis.FLOPS, measure.score());
            if (seconds == null || samples == null || flops == null) {
                continue;
            }
            rows.add(List.of(
                    team.name(),
                    number(seconds.paid()),
                    text("%,d", standings.race().budget().at(seconds.point(), updates(team))),
                    text("%,.0f", samples.paid()),
                    number(flops.paid()),
                    number(team.pilot().seconds()),
                    number(team.learningRate()),
                    text("%.2f M", team.pilot().parameters() / 1e6)));
        }
        return new TextTable(
                "What it took",
                List.of(
                        "competitor",
                        "seconds",
                        "updates",
                        "samples",
                        "FLOPs",
                        "seconds per update when timed",
                        "learning rate",
                        "parameters"),
                rows,
                "Seconds are of training alone: neither measuring nor checkpoints nor loading the model count. The budget's"
                        + " seconds became updates by the timing before the race, and all of these were made, however fast the machine"
                        + " was then; what a recipe counts in updates (warm-up, the teacher's decay, …) keeps its share of the run."
                        + " FLOPs are those of matrix products, forward and backward, counted as they were made.");
    }

    private @Nullable MeanPoint last(MethodRuns team, CostAxis amount, Measure.Score score) {
        List<MeanPoint> means = standings.means(team, amount, score);
        return means.isEmpty() ? null : means.get(means.size() - 1);
    }

    /** The challenger against each other, and back. */
    TextTable reaches(Measure.Score score) {
        List<MethodRuns> teams = standings.teams();
        List<List<String>> rows = new ArrayList<>();
        for (int i = 1; i < teams.size(); i++) {
            row(rows, teams.get(0), teams.get(i), score);
            row(rows, teams.get(i), teams.get(0), score);
        }
        return new TextTable(
                "Time to the other's best " + score.label(),
                List.of(
                        "who",
                        "reaches the best of",
                        "percent",
                        "after seconds",
                        "it took",
                        "time",
                        "by seed",
                        "as timed",
                        "samples",
                        "FLOPs"),
                rows,
                "On the mean curves, with straight lines between points: when the best score of the other is first reached,"
                        + " and how many times less time, samples and FLOPs that took than the other needed. By seed: the same"
                        + " for each seed's own two curves. As timed: at the speeds before the race, whatever the machine did on the way.");
    }

    private void row(List<List<String>> rows, MethodRuns one, MethodRuns other, Measure.Score score) {
        TimeToScore time = reach(one, other, CostAxis.SECONDS, score);
        TimeToScore timed = reach(one, other, CostAxis.TIMED, score);
        TimeToScore samples = reach(one, other, CostAxis.SAMPLES, score);
        TimeToScore flops = reach(one, other, CostAxis.FLOPS, score);
        if (time == null || timed == null || samples == null || flops == null) {
            return;
        }
        rows.add(List.of(
                one.name(),
                other.name(),
                percent(time.score()),
                Double.isNaN(time.paid()) ? "not reached" : number(time.paid()),
                number(time.other()),
                time.label(),
                bySeed(one, other, score).stream().map(TimeToScore::label).collect(Collectors.joining(", ")),
                timed.label(),
                samples.label(),
                flops.label()));
    }

    /** On the mean curves; null if one has none. */
    @Nullable
    TimeToScore reach(MethodRuns one, MethodRuns other, CostAxis amount, Measure.Score score) {
        Curve mine = standings.curve(one, amount, score);
        Curve theirs = standings.curve(other, amount, score);
        return mine == null || theirs == null ? null : TimeToScore.of(mine, theirs);
    }

    /** In seconds, seed by seed. */
    List<TimeToScore> bySeed(MethodRuns one, MethodRuns other, Measure.Score score) {
        List<TimeToScore> all = new ArrayList<>();
        for (int i = 0; i < one.lanes().size(); i++) {
            Curve mine = standings.curve(one.lanes().get(i), CostAxis.SECONDS, score);
            Curve theirs = standings.curve(other.lanes().get(i), CostAxis.SECONDS, score);
            if (mine != null && theirs != null) {
                all.add(TimeToScore.of(mine, theirs));
            }
        }
        return all;
    }

    /** The way there. */
    TextTable points(Measure.Score score) {
        List<String> head = new ArrayList<>(List.of("share of the updates"));
        standings.teams().forEach(team -> head.add(team.name() + ", at seconds"));
        List<List<String>> rows = new ArrayList<>();
        for (int point = 0; point <= standings.race().budget().points(); point++) {
            List<String> row = new ArrayList<>();
            row.add(text("%.0f %%", 100.0 * point / standings.race().budget().points()));
            for (MethodRuns team : standings.teams()) {
                List<MeanPoint> means = standings.means(team, CostAxis.SECONDS, score);
                MeanPoint mean = point < means.size() ? means.get(point) : null;
                row.add(mean == null ? "" : spread(mean.score()) + " at " + number(mean.paid()));
            }
            rows.add(row);
        }
        return new TextTable(score.label() + " on the way, percent", head, rows, "");
    }

    /** Every learning rate that was tried; no rows without a sweep. */
    TextTable sweep() {
        LearningRateSweep sweep = standings.race().sweep();
        List<List<String>> rows = new ArrayList<>();
        List<String> edges = new ArrayList<>();
        for (MethodRuns team : standings.teams()) {
            for (LearningRateTrial tried : team.tried()) {
                RunScores scores = tried.scores();
                RunScores.Pair pair = scores == null
                        ? null
                        : scores.encoder(measure.weights()).scores();
                rows.add(List.of(
                        team.name(),
                        number(tried.learningRate()) + (tried.learningRate() == team.learningRate() ? " (taken)" : ""),
                        pair == null ? "stopped" : percent(pair.knn()),
                        pair == null ? "stopped" : percent(pair.probe()),
                        text("%,d", tried.updates()),
                        number(tried.seconds())));
            }
            List<Double> rates = team.tried().stream()
                    .map(LearningRateTrial::learningRate)
                    .sorted()
                    .toList();
            if (rates.size() > 1
                    && (rates.get(0) == team.learningRate() || rates.get(rates.size() - 1) == team.learningRate())) {
                edges.add(team.name());
            }
        }
        String edge = edges.isEmpty()
                ? ""
                : " At the edge of what was tried, so that a better one may lie beyond: " + String.join(", ", edges)
                        + ".";
        return new TextTable(
                "Learning rates tried" + (sweep == null ? "" : ", " + sweep.label() + " each"),
                List.of("competitor", "learning rate", "k-NN", "linear probe", "updates", "seconds"),
                rows,
                text(
                        "By %s, seed %d; everyone got the same time for each.%s",
                        measure.score().label(), standings.race().seeds().get(0), edge));
    }

    /** What the competitors' settings differ in. */
    TextTable settings() {
        List<MethodRuns> teams = standings.teams();
        Map<String, List<String>> rows = new LinkedHashMap<>();
        PretrainConfig first = teams.get(0).lanes().get(0).config();
        for (int i = 1; i < teams.size(); i++) {
            for (ConfigDiff.Change change :
                    ConfigDiff.between(first, teams.get(i).lanes().get(0).config())) {
                List<String> row = rows.computeIfAbsent(change.path(), path -> {
                    List<String> values = new ArrayList<>(List.of(path));
                    teams.forEach(team -> values.add(change.before()));
                    return values;
                });
                row.set(1 + i, change.after());
            }
        }
        rows.remove("run");
        rows.remove("text.cache");
        List<String> head = new ArrayList<>(List.of("setting"));
        teams.forEach(team -> head.add(team.name()));
        return new TextTable("Settings that differ", head, List.copyOf(rows.values()), "");
    }

    private static long updates(MethodRuns team) {
        return team.lanes().get(0).updates();
    }

    /** The middle of values, or the mean of the two in the middle. */
    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }

    private static String range(MeanInterval mean) {
        return Double.isFinite(mean.half()) ? text("%.1f to %.1f", mean.low(), mean.high()) : "";
    }

    private static String spread(MeanInterval mean) {
        return percent(mean.mean()) + (Double.isFinite(mean.half()) ? text(" ± %.1f", mean.half()) : "");
    }
}
