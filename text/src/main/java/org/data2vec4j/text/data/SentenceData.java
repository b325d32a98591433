package org.data2vec4j.text.data;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.data2vec4j.core.FileFailure;
import org.data2vec4j.core.Rng;
import org.data2vec4j.core.UserException;
import org.data2vec4j.data.RngStream;
import org.jspecify.annotations.Nullable;

/** Opens labelled text from the one word a user gives for it: a file, or {@code synthetic} or {@code synthetic:N}. */
public final class SentenceData {
    private static final String SYNTHETIC = "synthetic";
    private static final long TRAIN = 0;
    private static final long TEST = 1;

    private SentenceData() {}

    /**
     * Training data, which says what the classes are.
     *
     * @param glue the task whose .tsv files are read; empty for lines {@code label sentence} and for tables
     * @param columns the columns of a table
     * @param warnings told of lines that are skipped
     * @throws UserException if there is no such file, or something in it has no label
     */
    public static LabelledData train(String spec, String glue, LabelColumns columns, Consumer<String> warnings) {
        LabelledData data = read(spec, glue, columns, null, TRAIN, warnings);
        if (data.texts().stream().anyMatch(text -> Float.isNaN(text.target()))) {
            throw new UserException(spec + " has no labels to learn from; give the task's train.tsv");
        }
        return data;
    }

    /** Other data of a task, with labels or, of GLUE's test sets, without. */
    public static LabelledData test(
            String spec, String glue, LabelColumns columns, TextTask task, Consumer<String> warnings) {
        return read(spec, glue, columns, task, TEST, warnings);
    }

    private static LabelledData read(
            String spec,
            String glue,
            LabelColumns columns,
            @Nullable TextTask task,
            long part,
            Consumer<String> warnings) {
        if (spec.equals(SYNTHETIC) || spec.startsWith(SYNTHETIC + ":")) {
            return LabelledData.synthetic(0, TextSources.syntheticSize(spec), part);
        }
        Path file = file(spec);
        if (!glue.isEmpty()) {
            return GlueFile.read(GlueTask.named(glue), file, warnings);
        }
        if (LabelledTable.isTable(file, columns)) {
            return task == null
                    ? LabelledTable.read(file, columns, warnings)
                    : LabelledTable.read(file, columns, task, warnings);
        }
        return task == null ? LabelledLines.read(file, warnings) : LabelledLines.read(file, task, warnings);
    }

    private static Path file(String spec) {
        try {
            Path file = Path.of(spec);
            if (!spec.isEmpty() && Files.isRegularFile(file)) {
                return file;
            }
        } catch (InvalidPathException e) {
            throw FileFailure.noPath(spec, e);
        }
        throw new UserException("data '" + spec + "' "
                + (Files.isDirectory(Path.of(spec)) ? "is a folder" : "does not exist" + FileFailure.localeAdvice())
                + "; give a file of lines 'label sentence', a .csv, .tsv or .jsonl table with text and labels, a .tsv file of a"
                + " GLUE task with task=NAME, or 'synthetic'");
    }

    /** A share of the texts, at least one, the same for the same seed, in the file's order. */
    public static List<LabelledText> share(List<LabelledText> texts, double share, long seed) {
        return some(texts, Math.max(1, (int) Math.round(share * texts.size())), seed);
    }

    /** So many of the texts, or all of fewer, the same for the same seed, in the file's order. */
    public static List<LabelledText> some(List<LabelledText> texts, int most, long seed) {
        int[] order = Rng.of(seed, RngStream.SUBSET, texts.size()).permutation(texts.size());
        return Arrays.stream(order).limit(most).sorted().mapToObj(texts::get).toList();
    }
}
