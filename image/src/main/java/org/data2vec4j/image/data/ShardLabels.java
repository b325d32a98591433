package org.data2vec4j.image.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.data2vec4j.core.UserException;
import org.data2vec4j.data.text.Utf8Lines;

/**
 * Classes of shard images from the texts of their cls entries: whole numbers are labels, other texts are class names. Without
 * a list of names the classes are called "0", "1", … or, when a text is not a number, are the texts themselves, sorted.
 */
final class ShardLabels {
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,9}");
    private static final int MOST_CLASSES = 1_000_000;

    private final List<String> classes;
    private final int[] labels;

    private ShardLabels(List<String> classes, int[] labels) {
        this.classes = classes;
        this.labels = labels;
    }

    static ShardLabels of(List<ShardImage> images, Path classesFile) {
        List<String> named = Files.isRegularFile(classesFile) ? lines(classesFile) : List.of();
        List<String> texts = images.stream()
                .map(image -> image.classText() == null ? "" : image.classText())
                .toList();
        boolean numbers = texts.stream()
                .allMatch(text -> text.isEmpty() || NUMBER.matcher(text).matches());
        List<String> classes = !named.isEmpty() ? named : numbers ? numbered(images) : distinct(texts);
        Map<String, Integer> index = new HashMap<>();
        for (int i = 0; i < classes.size(); i++) {
            index.putIfAbsent(classes.get(i), i);
        }
        int[] labels = new int[images.size()];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = label(images.get(i), texts.get(i), classes, index, !named.isEmpty() || numbers);
        }
        return new ShardLabels(List.copyOf(classes), labels);
    }

    List<String> classes() {
        return classes;
    }

    int label(int index) {
        return labels[index];
    }

    private static int label(
            ShardImage image, String text, List<String> classes, Map<String, Integer> index, boolean numbers) {
        if (text.isEmpty()) {
            return -1;
        }
        if (numbers && NUMBER.matcher(text).matches()) {
            int label = Integer.parseInt(text);
            if (label >= classes.size()) {
                throw new UserException("the class of " + image.shard() + "!" + image.entry() + " is " + label
                        + "; allowed: 0 to " + (classes.size() - 1) + " (" + classes.size()
                        + " names in classes.txt), or -1 for unknown");
            }
            return Math.max(label, -1);
        }
        Integer label = index.get(text);
        if (label == null) {
            throw new UserException("the class of " + image.shard() + "!" + image.entry() + " is '" + text
                    + "', which is not in classes.txt beside the shard");
        }
        return label;
    }

    private static List<String> numbered(List<ShardImage> images) {
        int count = 0;
        for (ShardImage image : images) {
            String text = image.classText();
            int label = text == null || text.isEmpty() ? -1 : Integer.parseInt(text);
            if (label >= MOST_CLASSES) {
                throw new UserException("the class of " + image.shard() + "!" + image.entry() + " is " + label
                        + "; allowed: below " + MOST_CLASSES);
            }
            count = Math.max(count, label + 1);
        }
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            names.add(Integer.toString(i));
        }
        return names;
    }

    private static List<String> distinct(List<String> texts) {
        TreeSet<String> names = new TreeSet<>(texts);
        names.remove("");
        return List.copyOf(names);
    }

    private static List<String> lines(Path file) {
        return Utf8Lines.of(file).stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
    }
}
