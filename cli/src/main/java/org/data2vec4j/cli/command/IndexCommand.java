package org.data2vec4j.cli.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.data2vec4j.Data2Vec;
import org.data2vec4j.Options;
import org.data2vec4j.WeightsChoice;
import org.data2vec4j.core.UserException;
import org.data2vec4j.embed.Indexing;
import org.data2vec4j.index.Comparison;
import org.data2vec4j.index.VectorIndex;
import org.data2vec4j.run.RunArguments;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code d2v index}: a folder of vectors to search in. */
@Command(
        name = "index",
        description = {
            "Embed a collection into an index, a folder that search, curate and serve use.",
            "Run again, it brings the index up to date: only new and changed files are embedded, and files that are gone are"
                    + " removed. Stopped at any time, the same command goes on where it was."
        },
        footer = {
            "",
            "Examples:",
            "  d2v index run=runs/photos data=photos output=photos.index",
            "  d2v index run=runs/photos data=more-photos output=photos.index others=keep",
            "  d2v index output=photos.index remove=photos/holiday"
        })
public final class IndexCommand implements Callable<Integer> {
    private static final String KEYS = "run=DIR, data=PATH, output=DIR, weights=student|teacher,"
            + " space=raw|centered|whitened, others=remove|keep, remove=NAME";

    @Parameters(
            arity = "1..*",
            paramLabel = "KEY=VALUE",
            description = {
                "run=DIR, data=PATH (images or recordings as in pre-training; a file of texts, one a line), output=DIR.",
                "Optional: weights=student|teacher; space=raw|centered|whitened, how a new index compares vectors (centered"
                        + " unless given); others=remove|keep, what becomes of samples of the index that PATH does not have"
                        + " (remove unless given).",
                "Instead of run and data: remove=NAME, a sample, or a folder of them, to take out."
            })
    @SuppressWarnings("NullAway.Init") // set by picocli
    List<String> words;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    CommandSpec spec;

    /** Indexes, or removes, and says how many samples there are. */
    @Override
    public Integer call() {
        RunArguments arguments =
                new RunArguments(words, Set.of("run", "data", "output", "weights", "space", "others", "remove"));
        arguments.noOverrides(KEYS);
        Path output = Path.of(arguments.require("output", "output=photos.index"));
        String removed = arguments.get("remove");
        PrintWriter out = spec.commandLine().getOut();
        out.println(removed == null ? index(arguments, output) : remove(output, removed));
        out.flush();
        return 0;
    }

    private String index(RunArguments arguments, Path output) {
        Path run = Path.of(arguments.require("run", "run=runs/photos"));
        String data = arguments.require("data", "data=photos");
        Comparison space = oneOf(Comparison.class, "space", arguments.get("space", "centered"));
        Indexing.Others others = oneOf(Indexing.Others.class, "others", arguments.get("others", "remove"));
        Options options = EmbedCommand.options(run, WeightsChoice.one(arguments.get("weights", "both")));
        try (Data2Vec model = Data2Vec.load(run, options)) {
            long begun = System.nanoTime();
            Indexing indexing = new Indexing(model, spec.commandLine().getErr()::println);
            Indexing.Summary summary = indexing.write(data, output, others, space);
            double seconds = (System.nanoTime() - begun) / 1e9;
            return String.format(
                    Locale.ROOT,
                    "%s: %,d %s; %,d embedded (%.1f a second), %,d unchanged, %,d removed%s%s",
                    output,
                    summary.size(),
                    model.modality().samples(),
                    summary.embedded(),
                    summary.embedded() / seconds,
                    summary.unchanged(),
                    summary.removed(),
                    summary.unreadable() == 0 ? "" : ", " + summary.unreadable() + " unreadable",
                    summary.leftOut() == 0
                            ? ""
                            : ", " + summary.leftOut() + " with zero or non-finite vectors left out");
        }
    }

    private static String remove(Path output, String removed) {
        try (VectorIndex index = VectorIndex.change(output)) {
            int before = index.size();
            index.removeUnder(removed);
            index.finish();
            return String.format(
                    Locale.ROOT,
                    "%s: %,d %s; %,d removed",
                    output,
                    index.size(),
                    index.info().samples(),
                    before - index.size());
        }
    }

    private static <E extends Enum<E>> E oneOf(Class<E> type, String key, String value) {
        for (E constant : type.getEnumConstants()) {
            if (constant.name().toLowerCase(Locale.ROOT).equals(value)) {
                return constant;
            }
        }
        throw new UserException(key + " is '" + value + "'; allowed: "
                + Arrays.stream(type.getEnumConstants())
                        .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(", ")));
    }
}
