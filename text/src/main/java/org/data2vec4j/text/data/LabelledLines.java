package org.data2vec4j.text.data;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.data2vec4j.core.UserException;
import org.data2vec4j.text.tokenizer.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * Files of lines {@code label sentence}. The classes are the labels of the training file, in the order of numbers if all are
 * numbers, otherwise of names; in other files of the task a label beyond these is an error.
 */
public final class LabelledLines {
    private static final int LONGEST_LINE = 1 << 20;

    private record Line(String label, String sentence, String place) {}

    private LabelledLines() {}

    /**
     * Reads a training file. Lines without a sentence, too long or not UTF-8 are skipped, counted and told to {@code warnings};
     * a file without two classes throws {@link UserException}.
     */
    public static LabelledData read(Path file, Consumer<String> warnings) {
        SkippedText skipped = new SkippedText(warnings);
        List<Line> lines = lines(file, skipped);
        List<String> classes = classes(lines);
        if (classes.size() < 2) {
            throw new UserException(file + " has " + classes.size()
                    + " classes; a training file has lines 'label sentence' with two labels or more");
        }
        return data(TextTask.classification(String.valueOf(file.getFileName()), classes), lines, skipped, file);
    }

    /** Reads another file of a task; a label outside it throws {@link UserException} naming the line and the labels allowed. */
    public static LabelledData read(Path file, TextTask task, Consumer<String> warnings) {
        SkippedText skipped = new SkippedText(warnings);
        return data(task, lines(file, skipped), skipped, file);
    }

    private static LabelledData data(TextTask task, List<Line> lines, SkippedText skipped, Path file) {
        List<LabelledText> texts = new ArrayList<>();
        for (Line line : lines) {
            texts.add(new LabelledText(line.sentence, null, ClassNames.number(task.classes(), line.label, line.place)));
        }
        return LabelledData.of(task, texts, skipped, file);
    }

    private static List<String> classes(List<Line> lines) {
        TreeSet<String> names = new TreeSet<>();
        lines.forEach(line -> names.add(line.label));
        boolean numbers = names.stream().allMatch(name -> name.matches("\\d{1,9}"));
        List<String> classes = new ArrayList<>(names);
        if (numbers) {
            classes.sort((a, b) -> Integer.compare(Integer.parseInt(a), Integer.parseInt(b)));
        }
        return classes;
    }

    private static List<Line> lines(Path file, SkippedText skipped) {
        List<Line> found = new ArrayList<>();
        try (Lines lines = new Lines(file, LONGEST_LINE)) {
            String reason = lines.unreadable();
            if (!reason.isEmpty()) {
                throw new UserException(file + ": " + reason + "; give a text file of lines 'label sentence'");
            }
            boolean broken = false;
            while (lines.next()) {
                boolean bad = broken || Utf8.firstInvalid(lines.bytes(), lines.start(), lines.end()) >= 0;
                if (!lines.complete()) {
                    broken = true;
                    continue;
                }
                broken = false;
                Line line = bad ? null : line(lines);
                if (line != null) {
                    found.add(line);
                } else if (bad || lines.contentEnd() > lines.start()) {
                    skipped.add(lines.place() + ": not a label, a space and a sentence in UTF-8");
                }
            }
        }
        return found;
    }

    private static @Nullable Line line(Lines lines) {
        int length = lines.contentEnd() - lines.start();
        String text = new String(lines.bytes(), lines.start(), length, StandardCharsets.UTF_8);
        int space = text.indexOf(' ');
        String sentence = text.substring(space + 1).strip();
        return space <= 0 || sentence.isEmpty() ? null : new Line(text.substring(0, space), sentence, lines.place());
    }
}
