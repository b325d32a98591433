package org.data2vec4j.text.data;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.data2vec4j.core.UserException;
import org.data2vec4j.text.tokenizer.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * Files of lines {@code label sentence}, parted by a tab if every line has one, otherwise by the first tab or space. A first line
 * that names its columns, such as {@code label text}, is no sample. The classes are the labels of the training file, in the order of numbers if all are
 * numbers, otherwise of names; in other files of the task a label beyond these is an error.
 */
public final class LabelledLines {
    private static final int LONGEST_LINE = 1 << 20;

    private static final Set<String> LABEL_HEADINGS =
            Set.of("label", "labels", "class", "category", "target", "sentiment");
    private static final Set<String> TEXT_HEADINGS =
            Set.of("text", "sentence", "review", "content", "document", "tweet", "title");

    /** A labelled sentence, or pair of them, and where it stands. */
    record Line(String label, String sentence, @Nullable String second, String place) {}

    private LabelledLines() {}

    /**
     * Reads a training file. Lines without a sentence, too long or not UTF-8 are skipped, counted and told to {@code warnings};
     * a file without two classes throws {@link UserException}.
     */
    public static LabelledData read(Path file, Consumer<String> warnings) {
        SkippedText skipped = new SkippedText(warnings);
        return data(lines(file, skipped, warnings), skipped, file);
    }

    /** The data of a training file, whose classes are those of its lines. */
    static LabelledData data(List<Line> lines, SkippedText skipped, Path file) {
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
        return data(task, lines(file, skipped, warnings), skipped, file);
    }

    /** The data of another file of a task. */
    static LabelledData data(TextTask task, List<Line> lines, SkippedText skipped, Path file) {
        List<LabelledText> texts = new ArrayList<>();
        for (Line line : lines) {
            texts.add(new LabelledText(
                    line.sentence, line.second, ClassNames.number(task.classes(), line.label, line.place)));
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

    private static List<Line> lines(Path file, SkippedText skipped, Consumer<String> warnings) {
        List<Line> found = new ArrayList<>();
        boolean tabs = everyLineHasATab(file);
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
                Line line = bad ? null : line(lines, tabs);
                if (line != null && found.isEmpty() && isHeading(line)) {
                    warnings.accept(line.place + ": '" + line.label + "', '" + line.sentence
                            + "' are taken for the names of columns, not for a sample");
                } else if (line != null) {
                    found.add(line);
                } else if (bad || lines.contentEnd() > lines.start()) {
                    skipped.add(lines.place() + ": not a label, a tab or space, and a sentence in UTF-8");
                }
            }
        }
        return found;
    }

    private static boolean isHeading(Line line) {
        return LABEL_HEADINGS.contains(line.label.toLowerCase(Locale.ROOT))
                && TEXT_HEADINGS.contains(line.sentence.toLowerCase(Locale.ROOT));
    }

    private static boolean everyLineHasATab(Path file) {
        try (Lines lines = new Lines(file, LONGEST_LINE)) {
            boolean any = false;
            boolean found = false;
            while (lines.next()) {
                for (int i = lines.start(); i < lines.contentEnd() && !found; i++) {
                    found = lines.bytes()[i] == '\t';
                }
                if (lines.complete() && lines.contentEnd() > lines.start()) {
                    if (!found) {
                        return false;
                    }
                    any = true;
                    found = false;
                }
            }
            return any;
        }
    }

    private static @Nullable Line line(Lines lines, boolean tabs) {
        int length = lines.contentEnd() - lines.start();
        String text = new String(lines.bytes(), lines.start(), length, StandardCharsets.UTF_8);
        int tab = text.indexOf('\t');
        int space = text.indexOf(' ');
        int end = tabs || space < 0 ? tab : tab < 0 ? space : Math.min(space, tab);
        String sentence = text.substring(end + 1).strip();
        return end <= 0 || sentence.isEmpty()
                ? null
                : new Line(text.substring(0, end).strip(), sentence, null, lines.place());
    }
}
