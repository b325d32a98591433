package org.data2vec4j.audio.ctc;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The search over one utterance, frame by frame; ties are broken by which sequence was reached first, so it is deterministic. */
final class BeamSearch {
    private final LetterVocabulary vocabulary;
    private final BeamConfig config;
    private final PrefixScorer scorer;
    private final List<PrefixNode> touched = new ArrayList<>();
    private List<PrefixNode> beam;

    BeamSearch(LetterVocabulary vocabulary, BeamConfig config, PrefixScorer scorer) {
        this.vocabulary = vocabulary;
        this.config = config;
        this.scorer = scorer;
        this.beam = List.of(PrefixNode.root(scorer.start()));
    }

    /** The sequences that survived so far. */
    List<PrefixNode> beam() {
        return beam;
    }

    /** Takes one frame of V log-probabilities. */
    void step(float[] frame) {
        int[] tokens = tokens(frame);
        touched.clear();
        BeamFloor floor = new BeamFloor(config);
        for (PrefixNode node : beam) {
            stay(node, frame);
            floor.add(node.nextScore());
        }
        for (PrefixNode node : beam) {
            for (int token : tokens) {
                // The same letter again is a new one only after a blank.
                double reached = (token == node.letter ? node.blank : node.acoustic()) + frame[token];
                if (reached > LogSpace.ZERO) {
                    extend(node, token, reached, floor);
                }
            }
        }
        select();
    }

    private void stay(PrefixNode node, float[] frame) {
        touch(node);
        node.nextBlank = node.acoustic() + frame[vocabulary.blank()];
        if (node.letter >= 0) {
            node.nextLast = node.last + frame[node.letter];
        }
    }

    /** A sequence that is not in the tree is reached only from here, so what it scores is known at once. */
    private void extend(PrefixNode node, int token, double reached, BeamFloor floor) {
        boolean known = node.has(token);
        if (!known && floor.excludes(reached + node.reading.score() + scorer.mostBonus())) {
            return;
        }
        for (PrefixNode longer : node.extend(token, scorer)) {
            touch(longer);
            longer.nextLast = LogSpace.add(longer.nextLast, reached);
            if (!known) {
                floor.add(longer.nextScore());
            }
        }
    }

    private void touch(PrefixNode node) {
        if (!node.touched) {
            node.touched = true;
            touched.add(node);
        }
    }

    /** The symbols that may extend a sequence, the most probable first. */
    private int[] tokens(float[] frame) {
        double best = LogSpace.ZERO;
        for (float value : frame) {
            best = Math.max(best, value);
        }
        double least = best - config.tokenThreshold();
        return IntStream.range(0, frame.length)
                .filter(v -> vocabulary.isText(v) && frame[v] >= least && frame[v] > LogSpace.ZERO)
                .boxed()
                .sorted(Comparator.comparingDouble(v -> -frame[v]))
                .limit(config.tokens())
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private void select() {
        double best = LogSpace.ZERO;
        double[] scores = new double[touched.size()];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = touched.get(i).nextScore();
            best = Math.max(best, scores[i]);
        }
        double least = best - config.threshold();
        List<Integer> kept = new ArrayList<>();
        for (int i = 0; i < scores.length; i++) {
            if (scores[i] >= least && scores[i] > LogSpace.ZERO) {
                kept.add(i);
            }
        }
        if (kept.size() > config.beam()) {
            kept.sort(Comparator.comparingDouble(i -> -scores[i]));
            kept = kept.subList(0, config.beam());
        }
        boolean[] keep = new boolean[scores.length];
        kept.forEach(i -> keep[i] = true);
        beam = kept.stream().map(touched::get).toList();
        for (int i = 0; i < scores.length; i++) {
            touched.get(i).advance(keep[i]);
        }
        for (int i = 0; i < scores.length; i++) {
            if (!keep[i]) {
                touched.get(i).prune();
            }
        }
    }
}
