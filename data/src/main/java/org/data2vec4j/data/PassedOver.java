package org.data2vec4j.data;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The files of a folder or an archive that are not read, counted by extension. */
public final class PassedOver {
    private static final int LONGEST = 8;
    private static final int SHOWN = 12;

    private final Map<String, Integer> counts = new TreeMap<>();

    /** Counts a file by its name. */
    public void add(String name) {
        String file = name.substring(name.lastIndexOf('/') + 1);
        int dot = file.lastIndexOf('.');
        String extension = dot > 0 && file.length() - dot - 1 <= LONGEST
                ? file.substring(dot).toLowerCase(Locale.ROOT)
                : "without extension";
        add(extension, 1);
    }

    /** Counts files of a kind that has no extension, such as hard links. */
    public void add(String kind, int count) {
        if (count > 0) {
            counts.merge(kind, count, Integer::sum);
        }
    }

    /** How many there are. */
    public int count() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** A line such as {@code photos: 6 other files passed over: .avif 1, .pdf 5}; none if there are no such files. */
    public List<String> notes(Object place) {
        if (counts.isEmpty()) {
            return List.of();
        }
        String shown = counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(SHOWN)
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
        return List.of(place + ": " + count() + (count() == 1 ? " other file" : " other files") + " passed over: "
                + shown + (counts.size() > SHOWN ? ", …" : ""));
    }
}
