package org.data2vec4j.evaluation.metric;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The fewest substitutions, deletions and insertions that make a reference into a hypothesis (Levenshtein, 1966), in order. Of
 * alignments with equally few, the one taken is fixed: walking back from the end, a match or substitution is preferred to a deletion,
 * and a deletion to an insertion.
 *
 * @param edits one for each matched, substituted, deleted or inserted token
 */
public record EditAlignment(List<Edit> edits) {
    /** What happens to a token. */
    public enum Op {
        /** The reference's token stands in the hypothesis. */
        MATCH,
        /** Another token stands in its place. */
        SUBSTITUTION,
        /** Nothing stands in its place. */
        DELETION,
        /** A token stands where the reference has none. */
        INSERTION
    }

    /**
     * One step.
     *
     * @param op what happens
     * @param reference index of the reference's token; of the next one for an insertion
     * @param hypothesis index of the hypothesis's token; of the next one for a deletion
     */
    public record Edit(Op op, int reference, int hypothesis) {}

    /** Copies the list. */
    public EditAlignment {
        edits = List.copyOf(edits);
    }

    /** Aligns tokens, compared by {@code equals}; N·M steps and 4·N·M bytes. */
    public static EditAlignment of(List<?> reference, List<?> hypothesis) {
        int[][] cost = costs(reference, hypothesis);
        List<Edit> edits = new ArrayList<>();
        int r = reference.size();
        int h = hypothesis.size();
        while (r > 0 || h > 0) {
            boolean same = r > 0 && h > 0 && reference.get(r - 1).equals(hypothesis.get(h - 1));
            if (r > 0 && h > 0 && cost[r][h] == cost[r - 1][h - 1] + (same ? 0 : 1)) {
                edits.add(new Edit(same ? Op.MATCH : Op.SUBSTITUTION, --r, --h));
            } else if (r > 0 && cost[r][h] == cost[r - 1][h] + 1) {
                edits.add(new Edit(Op.DELETION, --r, h));
            } else {
                edits.add(new Edit(Op.INSERTION, r, --h));
            }
        }
        Collections.reverse(edits);
        return new EditAlignment(edits);
    }

    /** How many edits are of a kind. */
    public int count(Op op) {
        return (int) edits.stream().filter(edit -> edit.op() == op).count();
    }

    /** Everything but matches: the edit distance. */
    public int distance() {
        return edits.size() - count(Op.MATCH);
    }

    private static int[][] costs(List<?> reference, List<?> hypothesis) {
        int[][] cost = new int[reference.size() + 1][hypothesis.size() + 1];
        for (int r = 0; r < cost.length; r++) {
            for (int h = 0; h < cost[r].length; h++) {
                if (r == 0 || h == 0) {
                    cost[r][h] = r + h;
                } else {
                    int diagonal = cost[r - 1][h - 1] + (reference.get(r - 1).equals(hypothesis.get(h - 1)) ? 0 : 1);
                    cost[r][h] = Math.min(diagonal, 1 + Math.min(cost[r - 1][h], cost[r][h - 1]));
                }
            }
        }
        return cost;
    }
}
