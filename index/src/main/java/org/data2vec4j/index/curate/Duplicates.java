package org.data2vec4j.index.curate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.data2vec4j.index.Hit;
import org.data2vec4j.index.IndexedSample;

/** Groups of samples that are nearly the same: whoever is connected by pairs above a similarity, or by equal content. */
public final class Duplicates {
    private Duplicates() {}

    /**
     * A group.
     *
     * @param keep the sample of the largest file; of equally large ones, the first by name
     * @param others the rest, by name
     * @param least the lowest similarity of the pairs that connect the group; 1 for equal content
     */
    public record Group(IndexedSample keep, List<IndexedSample> others, float least) {
        /** Copies the list. */
        public Group {
            others = List.copyOf(others);
        }
    }

    /**
     * The groups, largest first.
     *
     * @param threshold the cosine similarity from which on two samples are nearly the same
     */
    public static List<Group> of(Neighbourhood all, double threshold) {
        int count = all.samples().size();
        int[] parent = new int[count];
        float[] least = new float[count];
        Map<Long, Integer> places = new HashMap<>();
        Map<String, Integer> contents = new HashMap<>();
        for (int i = 0; i < count; i++) {
            parent[i] = i;
            least[i] = 1;
            places.put(all.samples().get(i).id(), i);
        }
        for (int i = 0; i < count; i++) {
            Integer same = contents.putIfAbsent(all.samples().get(i).hash(), i);
            if (same != null) {
                join(parent, least, i, same, 1);
            }
            for (Hit hit : all.neighbours().get(i)) {
                Integer other = places.get(hit.sample().id());
                if (hit.score() >= threshold && other != null) {
                    join(parent, least, i, other, hit.score());
                }
            }
        }
        Map<Integer, List<IndexedSample>> groups = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            groups.computeIfAbsent(root(parent, i), key -> new ArrayList<>())
                    .add(all.samples().get(i));
        }
        List<Group> found = new ArrayList<>();
        groups.forEach((root, members) -> {
            if (members.size() > 1) {
                found.add(group(members, least[root]));
            }
        });
        found.sort(Comparator.comparingInt(group -> -group.others().size()));
        return found;
    }

    private static Group group(List<IndexedSample> members, float least) {
        members.sort(Comparator.comparing(IndexedSample::name));
        IndexedSample keep = members.stream()
                .max(Comparator.comparingLong(IndexedSample::bytes)
                        .thenComparing(IndexedSample::name, Comparator.reverseOrder()))
                .orElseThrow();
        members.remove(keep);
        return new Group(keep, members, least);
    }

    private static int root(int[] parent, int i) {
        int at = i;
        while (parent[at] != at) {
            parent[at] = parent[parent[at]];
            at = parent[at];
        }
        return at;
    }

    private static void join(int[] parent, float[] least, int a, int b, float score) {
        int first = root(parent, a);
        int second = root(parent, b);
        if (first != second) {
            int low = Math.min(first, second);
            int high = Math.max(first, second);
            parent[high] = low;
            least[low] = Math.min(score, Math.min(least[low], least[high]));
        }
    }
}
