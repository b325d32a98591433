package org.data2vec4j.text.data;

import java.util.List;
import java.util.stream.IntStream;
import org.data2vec4j.core.UserException;

/**
 * Labelled text in memory. {@code texts}: at least one, in the file's order; {@code skipped}: rows that were passed over; {@code
 * complaints}: the first of them, by file and line.
 */
public record LabelledData(TextTask task, List<LabelledText> texts, int skipped, List<String> complaints) {
    /** Keeps copies. */
    public LabelledData {
        texts = List.copyOf(texts);
        complaints = List.copyOf(complaints);
    }

    /** The documents of {@link SyntheticText} from {@code first} on, labelled with their topics. */
    public static LabelledData synthetic(int first, int count, long seed) {
        SyntheticText text = new SyntheticText(first + count, seed);
        List<LabelledText> texts = IntStream.range(first, first + count)
                .mapToObj(i -> new LabelledText(text.document(i), null, text.label(i)))
                .toList();
        return new LabelledData(TextTask.classification("synthetic", SyntheticText.classes()), texts, 0, List.of());
    }

    static LabelledData of(TextTask task, List<LabelledText> texts, SkippedText skipped, Object file) {
        if (texts.isEmpty()) {
            throw new UserException(file + " has no labelled text"
                    + (skipped.count() == 0
                            ? ""
                            : "; the first of " + skipped.count() + " rows skipped is "
                                    + skipped.complaints().get(0)));
        }
        return new LabelledData(task, texts, skipped.count(), skipped.complaints());
    }
}
