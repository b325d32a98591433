package org.data2vec4j.cli.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.data2vec4j.Index;
import org.data2vec4j.core.Check;
import org.data2vec4j.core.UserException;
import org.data2vec4j.embed.ContactSheets;
import org.data2vec4j.embed.SearchResult;
import org.data2vec4j.index.Hit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code d2v search}: the samples of an index that are most similar to a file, a text or one of them. */
@Command(
        name = "search",
        description = "Find the samples of an index that are most similar to a file, a text, or a sample of the index.",
        footer = {
            "",
            "Prints one line for each hit, the best first: its score (cosine similarity), a tab, its path.",
            "",
            "Examples:",
            "  d2v search photos.index cat.jpg --top 20",
            "  d2v search photos.index cat.jpg --html cats.html",
            "  d2v search sentences.index --text 'the cat sat on the mat' --json",
            "  d2v search photos.index --id photos/0001.jpg"
        })
public final class SearchCommand implements Callable<Integer> {
    private static final int MOST = 100_000;

    @Parameters(index = "0", paramLabel = "INDEX", description = "What d2v index made.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    Path path;

    @Parameters(index = "1..*", paramLabel = "FILE", description = "Images, recordings or files of text to search for.")
    List<Path> files = List.of();

    @Option(names = "--text", paramLabel = "TEXT", description = "A text to search for.")
    @Nullable
    String text;

    @Option(names = "--id", paramLabel = "NAME", description = "A sample of the index to search for, by its path.")
    @Nullable
    String id;

    @Option(
            names = "--top",
            paramLabel = "K",
            defaultValue = "10",
            description = "How many hits to print for each; 10 unless given.")
    int top;

    @Option(
            names = "--run",
            paramLabel = "DIR",
            description = "The run directory, if it was moved since the index was made.")
    @Nullable
    Path run;

    @Option(names = "--json", description = "Print one JSON object for each that was searched for.")
    boolean json;

    @Option(names = "--html", paramLabel = "FILE", description = "Also write a page with pictures of the hits.")
    @Nullable
    Path html;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    CommandSpec spec;

    /** Searches; a file that cannot be used is named, the others go on, and the exit code is 1. */
    @Override
    public Integer call() {
        Check.inRange("--top", top, 1, MOST);
        if (files.isEmpty() && text == null && id == null) {
            throw new UserException("nothing to search for; give a FILE, --text TEXT or --id NAME");
        }
        PrintWriter out = spec.commandLine().getOut();
        int broken = 0;
        try (Index index = run == null ? Index.open(path) : Index.open(path, run)) {
            ContactSheets sheets = new ContactSheets(index.vectors());
            if (id != null) {
                show(out, sheets, id, index.search(index.sample(id), top));
            }
            if (text != null) {
                show(out, sheets, text, index.search(text, top));
            }
            for (Path file : files) {
                try {
                    show(out, sheets, file.toString(), index.search(file, top));
                } catch (UserException e) {
                    spec.commandLine().getErr().println("d2v: " + e.getMessage());
                    broken++;
                }
            }
            if (html != null) {
                sheets.write(html, "Search in " + path);
            }
        }
        out.flush();
        return broken == 0 ? 0 : 1;
    }

    private void show(PrintWriter out, ContactSheets sheets, String query, List<Hit> hits) {
        if (html != null) {
            sheets.add(query, hits);
        }
        if (json) {
            out.println(JsonMapper.shared().writeValueAsString(SearchResult.of(query, hits)));
            return;
        }
        for (Hit hit : hits) {
            out.println(String.format(
                    Locale.ROOT, "%.4f\t%s", hit.score(), hit.sample().name()));
        }
    }
}
