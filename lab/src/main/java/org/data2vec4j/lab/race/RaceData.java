package org.data2vec4j.lab.race;

import java.util.ArrayList;
import java.util.List;
import org.data2vec4j.lab.race.Standings.MeanPoint;
import org.data2vec4j.lab.trial.Measure;
import org.data2vec4j.lab.trial.RunScores;
import org.data2vec4j.version.Version;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What was measured, for other programs. */
final class RaceData {
    private final Standings standings;

    RaceData(Standings standings) {
        this.standings = standings;
    }

    /** A line for each run, point and encoder. */
    String csv() {
        StringBuilder out = new StringBuilder(
                "competitor,seed,point,updates,seconds,samples,flops,encoder,knn,probe,untrained_knn,untrained_probe,"
                        + "control_knn,control_probe\n");
        for (MethodRuns team : standings.teams()) {
            for (SeedRun lane : team.lanes()) {
                for (RacePoint point : standings.points(lane)) {
                    for (RunScores.Encoder encoder : point.scores().encoders()) {
                        out.append(line(team, lane, point, encoder));
                    }
                }
            }
        }
        return out.toString();
    }

    private static String line(MethodRuns team, SeedRun lane, RacePoint point, RunScores.Encoder encoder) {
        RunScores.Pair untrained = point.scores().untrained();
        RunScores.Pair control = point.scores().control();
        return RaceText.text(
                "\"%s\",%d,%d,%d,%.3f,%.0f,%.0f,%s,%.4f,%.4f,%.4f,%.4f,%.4f,%.4f%n",
                team.name().replace("\"", "\"\""),
                lane.seed(),
                point.point(),
                point.progress().update(),
                point.progress().seconds(),
                point.progress().samples(),
                point.progress().flops(),
                encoder.name(),
                encoder.scores().knn(),
                encoder.scores().probe(),
                untrained.knn(),
                untrained.probe(),
                control.knn(),
                control.probe());
    }

    /** Everything. */
    String json() {
        JsonMapper mapper = JsonMapper.shared();
        ObjectNode race = mapper.createObjectNode();
        race.put("data2vec4j", Version.number()).put("data", standings.race().data());
        race.putPOJO("seeds", standings.race().seeds());
        RaceBudget budget = standings.race().budget();
        race.putObject("budget")
                .put("seconds", budget.seconds())
                .put("slice", budget.slice())
                .put("evaluate", budget.evaluate());
        race.putObject("measure")
                .put("score", word(standings.race().measure().score()))
                .put("weights", standings.race().measure().weights())
                .putPOJO("settings", standings.race().measure().settings());
        ArrayNode competitors = race.putArray("competitors");
        standings.teams().forEach(team -> team(team, competitors.addObject()));
        for (Measure.Score score : Measure.Score.values()) {
            reaches(race.withObjectProperty("time_to_accuracy").putArray(word(score)), score);
        }
        return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(race) + "\n";
    }

    private void team(MethodRuns team, ObjectNode node) {
        node.put("name", team.name()).put("recipe", team.entrant().competitor().recipe());
        node.putPOJO("settings", team.entrant().competitor().settings());
        node.put("learning_rate", team.learningRate())
                .put("updates", team.lanes().get(0).updates())
                .put("parameters", team.pilot().parameters())
                .put("pilot_seconds_per_update", team.pilot().seconds())
                .put("pilot_flops_per_update", team.pilot().flops());
        ArrayNode sweep = node.putArray("sweep");
        team.tried().forEach(tried -> sweep.add(tried.line(team.entrant())));
        ArrayNode runs = node.putArray("runs");
        for (SeedRun lane : team.lanes()) {
            ObjectNode run = runs.addObject()
                    .put("seed", lane.seed())
                    .put("run", lane.config().run());
            if (lane.failure() != null) {
                run.put("failure", lane.failure());
            }
            ArrayNode points = run.putArray("points");
            standings.points(lane).forEach(point -> points.add(point.line(lane)));
        }
        for (Measure.Score score : Measure.Score.values()) {
            ArrayNode means = node.withObjectProperty("means").putArray(word(score));
            for (MeanPoint mean : standings.means(team, CostAxis.SECONDS, score)) {
                ObjectNode point = means.addObject()
                        .put("point", mean.point())
                        .put("seeds", mean.scores().size())
                        .put("seconds", mean.paid())
                        .put("mean", mean.score().mean())
                        .put("median", RaceTables.median(mean.scores()));
                finite(point, "low", mean.score().low());
                finite(point, "high", mean.score().high());
            }
        }
    }

    private void reaches(ArrayNode node, Measure.Score score) {
        RaceTables tables = new RaceTables(standings);
        List<MethodRuns> teams = standings.teams();
        for (int i = 1; i < teams.size(); i++) {
            for (List<MethodRuns> pair :
                    List.of(List.of(teams.get(0), teams.get(i)), List.of(teams.get(i), teams.get(0)))) {
                ObjectNode entry = node.addObject()
                        .put("who", pair.get(0).name())
                        .put("reaches_the_best_of", pair.get(1).name());
                for (CostAxis amount : CostAxis.values()) {
                    TimeToScore reach = tables.reach(pair.get(0), pair.get(1), amount, score);
                    if (reach != null) {
                        entry.put("score", reach.score());
                        finite(entry, amount.word(), reach.paid());
                        finite(entry, amount.word() + "_of_the_other", reach.other());
                        finite(entry, amount.word() + "_factor", reach.factor());
                    }
                }
                List<Double> seeds = new ArrayList<>();
                tables.bySeed(pair.get(0), pair.get(1), score).forEach(reach -> seeds.add(reach.factor()));
                ArrayNode factors = entry.putArray("seconds_factor_by_seed");
                seeds.forEach(factor -> {
                    if (Double.isFinite(factor)) {
                        factors.add(factor);
                    } else {
                        factors.addNull();
                    }
                });
            }
        }
    }

    private static void finite(ObjectNode node, String name, double value) {
        if (Double.isFinite(value)) {
            node.put(name, value);
        } else {
            node.putNull(name);
        }
    }

    private static String word(Measure.Score score) {
        return score == Measure.Score.KNN ? "knn" : "probe";
    }
}
