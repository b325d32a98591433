package org.data2vec4j.evaluation.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.data2vec4j.core.Rng;
import org.data2vec4j.evaluation.metric.EditAlignment.Edit;
import org.data2vec4j.evaluation.metric.EditAlignment.Op;
import org.junit.jupiter.api.Test;

class ErrorRateTest {
    @Test
    void substitutionsDeletionsAndInsertionsAreTold() {
        ErrorRate rate = ErrorRate.words("the cat sat on the mat today", "the cat sit on mat today and now");
        assertThat(rate).isEqualTo(new ErrorRate(1, 1, 2, 7, 1, 1));
        assertThat(rate.errors()).isEqualTo(4);
        assertThat(rate.rate()).isCloseTo(4 / 7.0, within(1e-12));
    }

    @Test
    void theAlignmentSaysWhichTokens() {
        assertThat(EditAlignment.of(List.of("a", "b", "c"), List.of("b", "x", "y"))
                        .edits())
                .containsExactly(
                        new Edit(Op.SUBSTITUTION, 0, 0),
                        new Edit(Op.SUBSTITUTION, 1, 1),
                        new Edit(Op.SUBSTITUTION, 2, 2));
        assertThat(EditAlignment.of(List.of("a", "b", "c"), List.of("b", "c", "d"))
                        .edits())
                .containsExactly(
                        new Edit(Op.DELETION, 0, 0),
                        new Edit(Op.MATCH, 1, 0),
                        new Edit(Op.MATCH, 2, 1),
                        new Edit(Op.INSERTION, 3, 2));
    }

    /** The word deleted of two equal ones is the first, because the walk from the end matches the second. */
    @Test
    void tiesAreBrokenAsDocumented() {
        assertThat(EditAlignment.of(List.of("a", "a"), List.of("a")).edits())
                .containsExactly(new Edit(Op.DELETION, 0, 0), new Edit(Op.MATCH, 1, 0));
        assertThat(EditAlignment.of(List.of("x"), List.of("y", "z")).edits())
                .containsExactly(new Edit(Op.INSERTION, 0, 0), new Edit(Op.SUBSTITUTION, 0, 1));
        assertThat(ErrorRate.words("the mat", "mat now")).isEqualTo(new ErrorRate(2, 0, 0, 2, 1, 1));
    }

    @Test
    void distancesAreThoseOfTheRecursionAndTheEditsReplay() {
        Rng rng = Rng.of(51);
        for (int i = 0; i < 300; i++) {
            List<Integer> reference = random(rng);
            List<Integer> hypothesis = random(rng);
            EditAlignment alignment = EditAlignment.of(reference, hypothesis);
            assertThat(alignment.distance()).isEqualTo(naive(reference, hypothesis));
            List<Integer> replayed = new ArrayList<>();
            int at = 0;
            for (Edit edit : alignment.edits()) {
                assertThat(edit.reference()).isEqualTo(at);
                assertThat(edit.hypothesis()).isEqualTo(replayed.size());
                at += edit.op() == Op.INSERTION ? 0 : 1;
                if (edit.op() == Op.MATCH) {
                    replayed.add(reference.get(edit.reference()));
                } else if (edit.op() != Op.DELETION) {
                    replayed.add(hypothesis.get(edit.hypothesis()));
                }
            }
            assertThat(replayed).isEqualTo(hypothesis);
            assertThat(at).isEqualTo(reference.size());
        }
    }

    private static List<Integer> random(Rng rng) {
        List<Integer> tokens = new ArrayList<>();
        for (int n = rng.nextInt(7); n > 0; n--) {
            tokens.add(rng.nextInt(3));
        }
        return tokens;
    }

    private static int naive(List<Integer> a, List<Integer> b) {
        if (a.isEmpty() || b.isEmpty()) {
            return a.size() + b.size();
        }
        List<Integer> restA = a.subList(1, a.size());
        List<Integer> restB = b.subList(1, b.size());
        int diagonal = naive(restA, restB) + (a.get(0).equals(b.get(0)) ? 0 : 1);
        return Math.min(diagonal, 1 + Math.min(naive(restA, b), naive(a, restB)));
    }

    @Test
    void charactersCountSingleSpacesAndCodePoints() {
        assertThat(ErrorRate.characters(" ab  c ", "abc")).isEqualTo(new ErrorRate(0, 1, 0, 4, 1, 1));
        assertThat(ErrorRate.characters("𐐷a", "a")).isEqualTo(new ErrorRate(0, 1, 0, 2, 1, 1));
    }

    @Test
    void aCorpusDividesErrorsByReferenceTokens() {
        ErrorRate corpus = ErrorRate.NONE
                .plus(ErrorRate.words("a", "b"))
                .plus(ErrorRate.words("a b c d", "a b c d"))
                .plus(ErrorRate.words("", "x"));
        assertThat(corpus).isEqualTo(new ErrorRate(1, 0, 1, 5, 3, 2));
        assertThat(corpus.rate()).isCloseTo(0.4, within(1e-12));
        assertThat(corpus.wrongShare()).isCloseTo(2 / 3.0, within(1e-12));
    }

    @Test
    void emptyReferencesAreDefined() {
        assertThat(ErrorRate.words(" ", "").rate()).isZero();
        assertThat(ErrorRate.words("", "x y").rate()).isInfinite();
        assertThat(ErrorRate.words("x y", "").rate()).isEqualTo(1);
        assertThat(ErrorRate.NONE.wrongShare()).isNaN();
    }
}
