package org.data2vec4j.image.data;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Classes of pictures from the texts that name them.
 *
 * @param classes their names, in order
 * @param labels the class of each picture; -1 where there is no text
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ImageLabelTexts(List<String> classes, int[] labels) {
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

    /** The classes of pictures, by the text of each, null for unknown; numbers are ordered by value if all are numbers. */
    static ImageLabelTexts of(List<@Nullable String> texts) {
        return of(
                texts,
                texts.stream()
                        .allMatch(text -> text == null || NUMBER.matcher(text).matches()));
    }

    /** The classes of pictures that are named by folders, in the order of these names. */
    static ImageLabelTexts ofFolders(List<@Nullable String> names) {
        return of(names, false);
    }

    /** The same with classes whose names, and order, are known; without any, as above. */
    static ImageLabelTexts of(List<@Nullable String> texts, List<String> names) {
        return names.isEmpty() ? of(texts) : numbered(texts, names);
    }

    private static ImageLabelTexts of(List<@Nullable String> texts, boolean numbers) {
        List<String> known = texts.stream().filter(Objects::nonNull).distinct().collect(Collectors.toList());
        known.sort(numbers ? Comparator.comparingInt(Integer::parseInt) : Comparator.naturalOrder());
        return numbered(texts, known);
    }

    private static ImageLabelTexts numbered(List<@Nullable String> texts, List<String> known) {
        Map<String, Integer> index = new HashMap<>();
        known.forEach(name -> index.put(name, index.size()));
        int[] labels = texts.stream()
                .mapToInt(text -> text == null ? -1 : index.getOrDefault(text, -1))
                .toArray();
        return new ImageLabelTexts(List.copyOf(known), labels);
    }
}
