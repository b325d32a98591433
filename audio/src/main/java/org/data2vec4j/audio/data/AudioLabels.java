package org.data2vec4j.audio.data;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/** Class names and labels from the class texts of recordings: distinct texts, numbers by value, others by name. */
record AudioLabels(List<String> classes, List<Integer> labels) {
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

    static AudioLabels of(List<AudioEntry> entries) {
        List<String> texts = entries.stream()
                .map(AudioEntry::className)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        boolean numbers = texts.stream().allMatch(text -> NUMBER.matcher(text).matches());
        List<String> classes = texts.stream()
                .sorted(numbers ? Comparator.comparingInt(Integer::parseInt) : Comparator.naturalOrder())
                .toList();
        Map<String, Integer> index = new HashMap<>();
        classes.forEach(name -> index.put(name, index.size()));
        List<Integer> labels = entries.stream()
                .map(entry -> entry.className() == null ? -1 : index.getOrDefault(entry.className(), -1))
                .toList();
        return new AudioLabels(classes, labels);
    }

    /**
     * Labels recordings by the first folder below what they all share, if every one lies in such a folder and none has a class by
     * another rule; otherwise leaves them as they are.
     */
    static List<AudioEntry> byFolder(List<AudioEntry> entries) {
        int shared = sharedFolder(entries);
        boolean foldered = entries.stream().allMatch(entry -> entry.key().indexOf('/', shared) > 0);
        boolean labelled = entries.stream().anyMatch(entry -> entry.className() != null);
        if (!foldered || labelled) {
            return entries;
        }
        return entries.stream()
                .map(entry -> entry.withClass(
                        entry.key().substring(shared, entry.key().indexOf('/', shared))))
                .toList();
    }

    /** The length of the folder path, with its last '/', that all keys begin with. */
    private static int sharedFolder(List<AudioEntry> entries) {
        String first = entries.get(0).key();
        int shared = first.lastIndexOf('/') + 1;
        for (AudioEntry entry : entries) {
            String key = entry.key();
            while (!key.startsWith(first.substring(0, shared))) {
                shared = first.lastIndexOf('/', shared - 2) + 1;
            }
        }
        return shared;
    }
}
