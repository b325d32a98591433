package org.data2vec4j.audio.ctc;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A sequence of letters in the tree of those that the beam holds, with the log-probability that the frames so far are it, split by
 * whether the last frame was a blank or the last letter (Graves and Jaitly, 2014; Hannun et al., 2014).
 */
final class PrefixNode {
    final int letter; // −1 at the root
    final Reading reading;
    double blank = LogSpace.ZERO;
    double last = LogSpace.ZERO;
    double nextBlank = LogSpace.ZERO;
    double nextLast = LogSpace.ZERO;
    boolean touched; // reached in this frame
    boolean held; // survived the last frame

    private final @Nullable PrefixNode parent;
    private final Map<Integer, List<PrefixNode>> children = new HashMap<>(4);

    private PrefixNode(@Nullable PrefixNode parent, int letter, Reading reading) {
        this.parent = parent;
        this.letter = letter;
        this.reading = reading;
    }

    static PrefixNode root(Reading reading) {
        PrefixNode root = new PrefixNode(null, -1, reading);
        root.blank = 0;
        root.held = true;
        return root;
    }

    /** Whether the tree has nodes one letter further. */
    boolean has(int next) {
        return children.containsKey(next);
    }

    /** The nodes one letter further, made when first asked for. */
    List<PrefixNode> extend(int next, PrefixScorer scorer) {
        List<PrefixNode> known = children.get(next);
        if (known != null) {
            return known;
        }
        List<PrefixNode> made = scorer.extend(reading, next).stream()
                .map(longer -> new PrefixNode(this, next, longer))
                .toList();
        if (!made.isEmpty()) { // an entry without nodes would keep this one from being a leaf
            children.put(next, made);
        }
        return made;
    }

    /** The log-probability of the frames so far being this sequence. */
    double acoustic() {
        return LogSpace.add(blank, last);
    }

    /** What the node is ranked by after the frame at hand. */
    double nextScore() {
        return LogSpace.add(nextBlank, nextLast) + reading.score();
    }

    /** Ends a frame. */
    void advance(boolean keep) {
        blank = keep ? nextBlank : LogSpace.ZERO;
        last = keep ? nextLast : LogSpace.ZERO;
        nextBlank = LogSpace.ZERO;
        nextLast = LogSpace.ZERO;
        touched = false;
        held = keep;
    }

    /** Cuts this branch off as far down as nothing on it is held, so that the tree is no larger than the beam needs. */
    void prune() {
        PrefixNode node = this;
        while (node.parent != null && !node.held && node.isLeaf()) {
            if (node.parent.children.getOrDefault(node.letter, List.of()).stream()
                    .anyMatch(twin -> twin.held || !twin.isLeaf())) {
                return;
            }
            node.parent.children.remove(node.letter);
            node = node.parent;
        }
    }

    private boolean isLeaf() {
        return children.isEmpty();
    }

    /** The letters from the root to here. */
    int[] labelling() {
        int length = 0;
        for (PrefixNode node = this; node.parent != null; node = node.parent) {
            length++;
        }
        int[] letters = new int[length];
        for (PrefixNode node = this; node.parent != null; node = node.parent) {
            letters[--length] = node.letter;
        }
        return letters;
    }
}
