package org.data2vec4j.image.finetune;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.data2vec4j.core.Rng;
import org.data2vec4j.core.UserException;
import org.data2vec4j.data.RngStream;
import org.data2vec4j.image.data.ImageSource;
import org.data2vec4j.image.eval.ImageSelection;

/** The labelled pictures of a source. */
final class ImageClassData {
    private ImageClassData() {}

    /**
     * A share of each class, at least one picture of it: the same ones for the same seed. A smaller share is part of a larger one.
     *
     * @throws UserException if nothing is labelled
     */
    static ImageSelection share(String spec, ImageSource source, double share, long seed) {
        List<Integer> chosen = new ArrayList<>();
        for (int label = 0; label < source.classes().size(); label++) {
            int wanted = label;
            int[] members = IntStream.range(0, source.size())
                    .filter(i -> source.label(i) == wanted)
                    .toArray();
            int[] order = members.length == 0
                    ? members
                    : Rng.of(seed, RngStream.SUBSET, label, members.length).permutation(members.length);
            int count = Math.max(1, (int) Math.round(share * members.length));
            for (int i = 0; i < Math.min(count, members.length); i++) {
                chosen.add(members[order[i]]);
            }
        }
        return labelled(spec, source, source.classes(), chosen.stream().mapToInt(i -> i));
    }

    /** All labelled pictures of a source whose classes are among those learned. */
    static ImageSelection all(String spec, ImageSource source, List<String> classes) {
        return labelled(spec, source, classes, IntStream.range(0, source.size()).filter(i -> source.label(i) >= 0));
    }

    private static ImageSelection labelled(String spec, ImageSource source, List<String> classes, IntStream rows) {
        int[] indices = rows.toArray();
        if (indices.length == 0) {
            throw new UserException(
                    spec + " has no labelled images: put them in class sub-folders or use shards with .cls");
        }
        return ImageSelection.labelled(source, classes, indices);
    }
}
