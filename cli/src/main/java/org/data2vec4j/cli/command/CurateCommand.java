package org.data2vec4j.cli.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.data2vec4j.core.Check;
import org.data2vec4j.core.UserException;
import org.data2vec4j.embed.ContactSheets;
import org.data2vec4j.index.IndexedSample;
import org.data2vec4j.index.VectorIndex;
import org.data2vec4j.index.curate.DoubtfulLabels;
import org.data2vec4j.index.curate.Duplicates;
import org.data2vec4j.index.curate.Neighbourhood;
import org.data2vec4j.index.curate.Outliers;
import org.data2vec4j.index.curate.Selection;
import org.data2vec4j.run.RunArguments;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code d2v curate}: near-duplicates, outliers and doubtful labels of an index, or its most diverse samples. */
@Command(
        name = "curate",
        description =
                "List the near-duplicates, outliers and doubtful labels of an index, or its most diverse samples.",
        footer = {
            "",
            "Prints a line a sample, in columns separated by tabs:",
            "  duplicate  number of the group  keep or drop  path",
            "  outlier    mean distance to its neighbours  path",
            "  label      its label  the label of its neighbours  their share of the votes  path",
            "With select=N: only the paths of the samples selected, in order.",
            "",
            "Examples:",
            "  d2v curate photos.index",
            "  d2v curate photos.index threshold=0.95 outliers=50 --html photos.html",
            "  d2v curate photos.index select=500 by=k-means seed=2"
        })
public final class CurateCommand implements Callable<Integer> {
    private static final int MOST = 10_000_000;

    @Parameters(index = "0", paramLabel = "INDEX", description = "What d2v index made.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    Path path;

    @Parameters(
            index = "1..*",
            paramLabel = "KEY=VALUE",
            description = {
                "threshold=S: the similarity from which on two samples are nearly the same; 0.97 unless given.",
                "outliers=N: how many to list; 20 unless given. neighbours=K: how many of each sample are looked at; 10 unless"
                        + " given. share=P: the share of the votes that doubts a label; 0.6 unless given.",
                "select=N: list the N most diverse samples instead. by=k-center|k-means: how; k-center unless given. seed=N."
            })
    List<String> words = List.of();

    @Option(names = "--html", paramLabel = "FILE", description = "Also write a page with pictures.")
    @Nullable
    Path html;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    CommandSpec spec;

    /** Lists. */
    @Override
    public Integer call() {
        RunArguments arguments =
                new RunArguments(words, Set.of("threshold", "outliers", "neighbours", "share", "select", "by", "seed"));
        arguments.noOverrides("threshold=S, outliers=N, neighbours=K, share=P, select=N, by=k-center|k-means, seed=N");
        PrintWriter out = spec.commandLine().getOut();
        try (VectorIndex index = VectorIndex.open(path)) {
            ContactSheets sheets = new ContactSheets(index);
            if (arguments.get("select") != null) {
                select(index, arguments, out, sheets);
            } else {
                survey(index, arguments, out, sheets);
            }
            if (html != null) {
                sheets.write(html, "Curation of " + path);
            }
        }
        out.flush();
        return 0;
    }

    private static void select(VectorIndex index, RunArguments arguments, PrintWriter out, ContactSheets sheets) {
        int count = Check.inRange("select", arguments.number("select", 1), 1, MOST);
        Selection selection = switch (arguments.get("by", "k-center")) {
            case "k-center" -> Selection.K_CENTER;
            case "k-means" -> Selection.K_MEANS;
            default -> throw new UserException("by is '" + arguments.get("by") + "'; allowed: k-center, k-means");
        };
        List<IndexedSample> chosen = selection.of(index, count, arguments.number("seed", 0));
        List<String> notes = new ArrayList<>();
        for (IndexedSample sample : chosen) {
            out.println(sample.name());
            notes.add(Integer.toString(notes.size() + 1));
        }
        sheets.add("Selected", chosen, notes);
    }

    private static void survey(VectorIndex index, RunArguments arguments, PrintWriter out, ContactSheets sheets) {
        Neighbourhood all =
                Neighbourhood.of(index, Check.inRange("neighbours", arguments.number("neighbours", 10), 1, 1000));
        double threshold = Check.inRange("threshold", arguments.decimal("threshold", 0.97), -1, 1);
        int number = 0;
        for (Duplicates.Group group : Duplicates.of(all, threshold)) {
            number++;
            List<IndexedSample> members = new ArrayList<>(List.of(group.keep()));
            members.addAll(group.others());
            List<String> notes = new ArrayList<>();
            for (IndexedSample sample : members) {
                String what = sample.equals(group.keep()) ? "keep" : "drop";
                out.println("duplicate\t" + number + "\t" + what + "\t" + sample.name());
                notes.add(what);
            }
            sheets.add(
                    String.format(Locale.ROOT, "Near-duplicates %d (similarity %.4f)", number, group.least()),
                    members,
                    notes);
        }
        List<IndexedSample> samples = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        int outliers = Check.inRange("outliers", arguments.number("outliers", 20), 0, MOST);
        for (Outliers.Outlier outlier : Outliers.of(all, outliers)) {
            String distance = String.format(Locale.ROOT, "%.4f", outlier.distance());
            out.println("outlier\t" + distance + "\t" + outlier.sample().name());
            samples.add(outlier.sample());
            notes.add(distance);
        }
        sheets.add("Outliers", samples, notes);
        List<IndexedSample> doubted = new ArrayList<>();
        List<String> suggestions = new ArrayList<>();
        double share = Check.inRange("share", arguments.decimal("share", 0.6), 0, 1);
        for (DoubtfulLabels.Doubt doubt : DoubtfulLabels.of(all, share)) {
            out.println(String.format(
                    Locale.ROOT,
                    "label\t%s\t%s\t%.2f\t%s",
                    doubt.sample().label(),
                    doubt.suggested(),
                    doubt.share(),
                    doubt.sample().name()));
            doubted.add(doubt.sample());
            suggestions.add(doubt.suggested() + "?");
        }
        sheets.add("Doubtful labels", doubted, suggestions);
    }
}
