package org.data2vec4j.lab.race;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.data2vec4j.config.YamlWriter;
import org.data2vec4j.evaluation.file.AtomicText;
import org.data2vec4j.lab.trial.Measure;
import org.data2vec4j.report.Fact;
import org.data2vec4j.report.ReportPage;
import org.data2vec4j.report.ReportSection;
import org.data2vec4j.report.TextTable;
import org.data2vec4j.tensor.Native;
import org.data2vec4j.version.Version;

/** The files of a race, of what is done so far: tables, plots, numbers for programs, and a page with all of it. */
final class RaceReport {
    /** The page. */
    static final String PAGE = "race.html";

    private final Standings standings;
    private final RaceConfig race;
    private final RaceTables tables;

    RaceReport(Standings standings) {
        this.standings = standings;
        this.race = standings.race();
        this.tables = new RaceTables(standings);
    }

    /** Writes all of them. */
    void write(Path folder) {
        RaceData data = new RaceData(standings);
        write(folder.resolve("race.md"), markdown());
        write(folder.resolve("race.json"), data.json());
        write(folder.resolve("race.csv"), data.csv());
        for (Measure.Score score : scores()) {
            for (CostAxis amount : CostAxis.values()) {
                write(
                        folder.resolve(RacePlots.file(amount, score)),
                        RacePlots.plot(standings, amount, score).render());
            }
        }
        write(folder.resolve(PAGE), page());
    }

    private static void write(Path file, String text) {
        AtomicText.write(file, out -> out.write(text));
    }

    /** Both scores, the race's own first. */
    private List<Measure.Score> scores() {
        List<Measure.Score> scores = new ArrayList<>(Arrays.asList(Measure.Score.values()));
        scores.remove(race.measure().score());
        scores.add(0, race.measure().score());
        return scores;
    }

    private String title() {
        return standings.teams().stream().map(MethodRuns::name).collect(Collectors.joining(" against "));
    }

    private String subtitle() {
        return RaceText.text(
                "%s of training for each competitor and seed, by turns of %s, on %s; seeds %s; frozen features of the %s"
                        + " encoder",
                RaceText.duration(race.budget().seconds()),
                RaceText.duration(race.budget().slice()),
                race.data(),
                race.seeds().stream().map(String::valueOf).collect(Collectors.joining(", ")),
                race.measure().weights());
    }

    /** All tables. */
    String markdown() {
        StringBuilder out = new StringBuilder("# " + title() + "\n\n" + subtitle() + "\n\n");
        for (Measure.Score score : scores()) {
            for (TextTable table : List.of(tables.end(score), tables.reaches(score), tables.points(score))) {
                out.append(table.markdown()).append('\n');
            }
        }
        out.append(tables.costs().markdown()).append('\n');
        if (race.sweep() != null) {
            out.append(tables.sweep().markdown()).append('\n');
        }
        out.append(tables.settings().markdown()).append('\n');
        failures().forEach(failure -> out.append("Stopped: ").append(failure).append("\n\n"));
        return out.append(RaceText.text(
                        "data2vec4j %s, %s; settings in race.yaml%n", Version.number(), Native.describe()))
                .toString();
    }

    private List<String> failures() {
        List<String> failures = new ArrayList<>();
        for (MethodRuns team : standings.teams()) {
            for (SeedRun lane : team.lanes()) {
                if (lane.failure() != null) {
                    failures.add(team.name() + ", seed " + lane.seed() + ", and not counted: " + lane.failure());
                }
            }
        }
        return failures;
    }

    private String page() {
        List<ReportSection> sections = new ArrayList<>();
        for (Measure.Score score : scores()) {
            StringBuilder content = new StringBuilder();
            for (CostAxis amount : CostAxis.values()) {
                content.append("<figure>")
                        .append(RacePlots.plot(standings, amount, score).render())
                        .append("</figure>");
            }
            content.append(tables.end(score).html())
                    .append(tables.reaches(score).html())
                    .append(tables.points(score).html());
            String id = score == Measure.Score.KNN ? "knn" : "probe";
            sections.add(new ReportSection(id, RaceText.title(score), "", content.toString()));
        }
        sections.add(new ReportSection("costs", "Costs", "", tables.costs().html()));
        sections.add(new ReportSection(
                "sweep",
                "Learning rates",
                "",
                race.sweep() == null ? "" : tables.sweep().html()));
        sections.add(
                new ReportSection("settings", "Settings", "", tables.settings().html()));
        sections.add(ReportPage.config(YamlWriter.write(race)));
        sections.add(ReportPage.provenance(List.of(
                Fact.of("command", "d2v race recipe=" + Path.of(race.run(), "race.yaml")),
                Fact.of("data", race.data()),
                Fact.of("data2vec4j", Version.number()),
                Fact.of("native library", Native.describe()),
                Fact.of("Java", System.getProperty("java.vendor") + " " + System.getProperty("java.version")))));
        return ReportPage.render(title(), subtitle(), headline(), failures(), sections);
    }

    private List<Fact> headline() {
        List<Fact> facts = new ArrayList<>();
        Measure.Score score = race.measure().score();
        List<MethodRuns> teams = standings.teams();
        for (int i = 1; i < teams.size(); i++) {
            TimeToScore reach = tables.reach(teams.get(0), teams.get(i), CostAxis.SECONDS, score);
            if (reach != null) {
                facts.add(new Fact(
                        teams.get(0).name() + " to the best of " + teams.get(i).name(),
                        reach.label(),
                        RaceText.text(
                                "%.1f %% %s: %s",
                                reach.score(),
                                score.label(),
                                Double.isNaN(reach.paid())
                                        ? "not reached, it took " + RaceText.duration(reach.other())
                                        : RaceText.duration(reach.paid()) + " against "
                                                + RaceText.duration(reach.other()))));
            }
        }
        return facts;
    }
}
