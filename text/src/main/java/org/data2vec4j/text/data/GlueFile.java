package org.data2vec4j.text.data;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.data2vec4j.core.UserException;
import org.data2vec4j.text.tokenizer.Utf8;

/**
 * A published .tsv file of a GLUE task. Columns are found by the header's names. A row with too many or too few fields is
 * skipped and counted (QQP's training file has such); a label outside the task stops with the line's number.
 */
public final class GlueFile {
    private static final int LONGEST_LINE = 1 << 20;

    private final GlueTask task;
    private final Path file;
    private final SkippedText skipped;
    private final int columns;
    private final int first;
    private final int second;
    private final int label;
    private final boolean header;
    private boolean cut; // parts of the line were passed over

    private GlueFile(GlueTask task, Path file, SkippedText skipped, List<String> top) {
        this.task = task;
        this.file = file;
        this.skipped = skipped;
        this.header = task.columnsWithoutHeader().isEmpty() || top.contains(task.first());
        List<String> names = header ? top : task.columnsWithoutHeader();
        this.columns = names.size();
        this.first = require(names, task.first());
        this.second = task.second() == null ? -1 : require(names, task.second());
        this.label = names.indexOf(task.label());
    }

    /**
     * Reads a train, dev or test file; without a column of labels every target is NaN. A file without the task's columns, and a
     * label outside the task, throw {@link UserException}; skipped rows are told to {@code warnings}.
     */
    public static LabelledData read(GlueTask task, Path file, Consumer<String> warnings) {
        SkippedText skipped = new SkippedText(warnings);
        List<LabelledText> texts = new ArrayList<>();
        try (Lines lines = new Lines(file, LONGEST_LINE)) {
            String reason = lines.unreadable();
            if (!reason.isEmpty() || !lines.next()) {
                throw new UserException(file + ": " + reason + "; give a .tsv file of "
                        + task.task().name());
            }
            GlueFile layout = new GlueFile(task, file, skipped, fields(lines));
            boolean more = !layout.header || lines.next();
            while (more) {
                layout.row(lines, texts);
                more = lines.next();
            }
        }
        return LabelledData.of(task.task(), texts, skipped, file);
    }

    private void row(Lines lines, List<LabelledText> texts) {
        if (!lines.complete()) {
            cut = true;
            return;
        }
        boolean text = !cut && Utf8.firstInvalid(lines.bytes(), lines.start(), lines.end()) < 0;
        cut = false;
        List<String> fields = text ? fields(lines) : List.of();
        if (fields.size() == columns) {
            texts.add(new LabelledText(
                    fields.get(first), second < 0 ? null : fields.get(second), target(fields, lines.place())));
        } else if (!text || lines.contentEnd() > lines.start()) {
            skipped.add(lines.place() + ": "
                    + (text ? fields.size() + " fields instead of " + columns : "too long a line, or not UTF-8"));
        }
    }

    private float target(List<String> fields, String place) {
        if (label < 0) {
            return Float.NaN;
        }
        String written = fields.get(label);
        return task.task().kind() == TextTask.Kind.REGRESSION
                ? ClassNames.value(written, 0, 5, place)
                : ClassNames.number(task.task().classes(), written, place);
    }

    private static List<String> fields(Lines lines) {
        int length = lines.contentEnd() - lines.start();
        String line = new String(lines.bytes(), lines.start(), length, StandardCharsets.UTF_8);
        return Arrays.asList(line.split("\t", -1));
    }

    private int require(List<String> names, String name) {
        int index = names.indexOf(name);
        if (index < 0) {
            throw new UserException(file + ":1: there is no column '" + name + "' in the header of "
                    + task.task().name() + "; found: " + String.join(", ", names));
        }
        return index;
    }
}
