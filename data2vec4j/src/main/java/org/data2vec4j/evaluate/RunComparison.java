package org.data2vec4j.evaluate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.data2vec4j.core.UserException;
import org.data2vec4j.evaluation.suite.Probe;
import org.data2vec4j.report.Fact;
import org.data2vec4j.report.MarkedTable;
import org.data2vec4j.report.ReportPage;
import org.data2vec4j.report.ReportSection;
import org.data2vec4j.report.TextTable;
import org.data2vec4j.version.Version;

/**
 * Several evaluations side by side. Each row says which parts of the protocol differ among the runs that have its score; numbers of a
 * row that says so were not measured alike.
 */
public final class RunComparison {
    private static final String SAME = "same";
    private static final String DIFFERS = "differs: ";
    private static final String NOTE =
            "Median and 95 % interval: over seeds, or over test samples where no seed has a part.";
    private static final int LONGEST = 24;

    private final List<StoredEvaluation> runs;
    private final List<String> names;

    private RunComparison(List<StoredEvaluation> runs) {
        this.runs = runs;
        this.names = names(runs);
    }

    /** Of runs that were evaluated, by their directories or files. */
    public static RunComparison of(List<Path> paths) {
        return new RunComparison(paths.stream().map(StoredEvaluation::read).toList());
    }

    /** Runs of one name get numbers. */
    private static List<String> names(List<StoredEvaluation> runs) {
        Map<String, Integer> seen = new TreeMap<>();
        List<String> names = new ArrayList<>();
        for (StoredEvaluation run : runs) {
            int count = seen.merge(run.name(), 1, Integer::sum);
            names.add(count == 1 ? run.name() : run.name() + " (" + count + ")");
        }
        return names;
    }

    /** For the terminal: columns aligned. */
    public String text() {
        TextTable table = table();
        List<List<String>> lines = new ArrayList<>(List.of(table.head()));
        lines.addAll(table.rows());
        int[] widths = new int[table.head().size()];
        for (List<String> line : lines) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        }
        StringBuilder out = new StringBuilder();
        for (List<String> line : lines) {
            StringBuilder row = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                row.append(String.format(Locale.ROOT, "%-" + (widths[i] + 2) + "s", line.get(i)));
            }
            out.append(row.toString().stripTrailing()).append('\n');
        }
        return out.append(table.note()).append('\n').toString();
    }

    /** One page with no outside resources. */
    public String page() {
        List<MarkedTable.Row> rows = new ArrayList<>();
        int differing = 0;
        for (List<String> row : table().rows()) {
            String last = runs.size() > 1 ? row.get(row.size() - 1) : SAME;
            rows.add(new MarkedTable.Row(row.get(0), last.equals(SAME) ? "" : last, row.subList(1, 1 + runs.size())));
            differing += last.startsWith(DIFFERS) ? 1 : 0;
        }
        List<String> head = new ArrayList<>(List.of("accuracy in %"));
        head.addAll(names);
        List<ReportSection> sections = new ArrayList<>();
        sections.add(
                new ReportSection("scores", "Scores", "", new MarkedTable("Frozen features", head, rows, NOTE).html()));
        sections.add(new ReportSection("protocols", "Protocols", "", protocols().html()));
        sections.add(ReportPage.provenance(List.of(Fact.of("data2vec4j", Version.number()))));
        List<String> notes = differing == 0
                ? List.of()
                : List.of(differing + " of " + rows.size()
                        + " rows were not measured alike and should not be compared; each says what differs.");
        return ReportPage.render(
                String.join(" beside ", names), "Evaluations side by side", List.of(), notes, sections);
    }

    /** One row for each score that any run has. */
    TextTable table() {
        List<String> head = new ArrayList<>(List.of("accuracy in %"));
        head.addAll(names);
        if (runs.size() > 1) {
            head.add("protocol");
        }
        List<List<String>> rows = new ArrayList<>();
        for (StoredEvaluation.Stored key : keys()) {
            List<String> row = new ArrayList<>(List.of(name(key)));
            List<StoredEvaluation> having = new ArrayList<>();
            for (StoredEvaluation run : runs) {
                StoredEvaluation.Stored score = score(run, key);
                row.add(score == null ? "–" : EvaluationText.score(score.median(), score.low(), score.high()));
                if (score != null) {
                    having.add(run);
                }
            }
            if (runs.size() > 1) {
                row.add(differences(key, having));
            }
            rows.add(row);
        }
        return new TextTable("Frozen features", head, rows, NOTE);
    }

    private List<StoredEvaluation.Stored> keys() {
        List<StoredEvaluation.Stored> keys = new ArrayList<>();
        for (StoredEvaluation run : runs) {
            for (StoredEvaluation.Stored score : run.scores()) {
                if (keys.stream().noneMatch(score::same)) {
                    keys.add(score);
                }
            }
        }
        keys.sort(Comparator.comparingDouble((StoredEvaluation.Stored key) -> -key.share())
                .thenComparing(RunComparison::probe));
        return keys;
    }

    private static StoredEvaluation.@org.jspecify.annotations.Nullable Stored score(
            StoredEvaluation run, StoredEvaluation.Stored key) {
        return run.scores().stream().filter(key::same).findFirst().orElse(null);
    }

    private static Probe probe(StoredEvaluation.Stored key) {
        try {
            return Probe.valueOf(key.probe().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new UserException(
                    "an evaluation has the probe '" + key.probe() + "', which this version does not know", e);
        }
    }

    private static String name(StoredEvaluation.Stored key) {
        String share = key.share() == 1 ? "" : ", " + EvaluationText.share(key.share()) + " of labels";
        return probe(key).label() + share + ": " + EvaluationText.subject(key.subject(), "raw");
    }

    /** What differs among the protocols of the runs that have a score, field by field. */
    private String differences(StoredEvaluation.Stored key, List<StoredEvaluation> having) {
        if (having.size() < 2) {
            return "one run only";
        }
        Set<String> fields = new LinkedHashSet<>();
        for (StoredEvaluation run : having) {
            run.scores().stream().filter(key::same).forEach(score -> fields.addAll(score.dependsOn()));
        }
        List<String> differing = new ArrayList<>();
        for (String field : fields) {
            List<String> values = having.stream()
                    .map(run -> run.protocol().getOrDefault(field, "–"))
                    .toList();
            if (values.stream().distinct().count() > 1) {
                differing.add(field + " "
                        + String.join(
                                " / ", values.stream().map(RunComparison::brief).toList()));
            }
        }
        return differing.isEmpty() ? SAME : DIFFERS + String.join("; ", differing);
    }

    private static String brief(String value) {
        boolean hash = value.matches("[0-9a-f]{32}( [0-9a-f]{32})*");
        return hash
                ? value.substring(0, 6) + "…"
                : value.length() <= LONGEST ? value : value.substring(0, LONGEST) + "…";
    }

    private MarkedTable protocols() {
        List<String> head = new ArrayList<>(List.of(""));
        head.addAll(names);
        Set<String> fields = new LinkedHashSet<>();
        runs.forEach(run -> fields.addAll(run.protocol().keySet()));
        List<MarkedTable.Row> rows = new ArrayList<>();
        for (String field : fields) {
            List<String> values = runs.stream()
                    .map(run -> run.protocol().getOrDefault(field, "–"))
                    .toList();
            boolean differs = values.stream().distinct().count() > 1;
            rows.add(new MarkedTable.Row(
                    field.replace('_', ' '),
                    differs ? "differs" : "",
                    values.stream().map(RunComparison::brief).toList()));
        }
        return new MarkedTable("What scores depend on", head, rows, "");
    }
}
