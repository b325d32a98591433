package org.data2vec4j.image.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.data2vec4j.core.UserException;
import org.data2vec4j.image.data.SyntheticImages;
import org.junit.jupiter.api.Test;

class EvaluationDataTest {
    private static final SyntheticImages IMAGES = new SyntheticImages(100, 8, 0);

    /** The first pictures under other class names or labels. */
    private static ImageSelection relabelled(List<String> classes, int... labels) {
        return new ImageSelection(
                IMAGES, classes, IntStream.range(0, labels.length).toArray(), labels);
    }

    private static int[] indices(ImageSelection images) {
        return IntStream.range(0, images.size()).map(images::sourceIndex).toArray();
    }

    @Test
    void dividesOneSourceByAKeyAndNeverSharesAPicture() {
        EvaluationData data = EvaluationData.split(IMAGES, 0.2, 1000, 1000, 3);
        assertThat(data.bank().size()).isEqualTo(80);
        assertThat(data.test().size()).isEqualTo(20);
        assertThat(IntStream.concat(Arrays.stream(indices(data.bank())), Arrays.stream(indices(data.test())))
                        .distinct()
                        .count())
                .isEqualTo(100);
        assertThat(indices(EvaluationData.split(IMAGES, 0.2, 1000, 1000, 3).test()))
                .containsExactly(indices(data.test()));
        assertThat(indices(EvaluationData.split(IMAGES, 0.2, 1000, 1000, 4).test()))
                .isNotEqualTo(indices(data.test()));
        EvaluationData limited = EvaluationData.split(IMAGES, 0.2, 30, 5, 3);
        assertThat(limited.bank().size()).isEqualTo(30);
        assertThat(indices(data.bank())).contains(indices(limited.bank()));
        assertThat(indices(data.test())).contains(indices(limited.test()));
        assertThat(data.bank().label(7)).isEqualTo(IMAGES.label(data.bank().sourceIndex(7)));
        assertThat(data.bank().name(7)).isEqualTo(IMAGES.name(data.bank().sourceIndex(7)));
    }

    @Test
    void limitsDrawFromTheWholeSource() {
        SyntheticImages test = new SyntheticImages(40, 8, 1);
        EvaluationData data = EvaluationData.of(IMAGES, test, 10, 8, 0);
        assertThat(data.bank().size()).isEqualTo(10);
        assertThat(data.test().size()).isEqualTo(8);
        assertThat(indices(data.bank())).isSorted().contains(indices(data.bank())[9]);
        assertThat(indices(data.bank())[9]).isGreaterThan(9); // not just the first
        assertThat(data.bank().fingerprint()).isNotEqualTo(data.test().fingerprint());
    }

    @Test
    void translatesClassesByName() {
        ImageSelection train = relabelled(List.of("cat", "dog", "owl"), 0, 1, 2, 0);
        ImageSelection test = relabelled(List.of("dog", "owl"), 1, 0, -1);
        EvaluationData data = EvaluationData.of(train, test, 100, 100, 0);
        assertThat(data.test().label(0)).isEqualTo(2);
        assertThat(data.test().label(1)).isEqualTo(1);
        assertThat(data.unlabelled()).isEqualTo(1);
        assertThat(data.chance()).isEqualTo(50);
        assertThatThrownBy(() -> EvaluationData.of(test, train, 100, 100, 0))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("of class 'cat', which the training data does not have");
    }

    @Test
    void saysWhatToDoWithoutLabels() {
        ImageSelection bare = relabelled(List.of(), -1, -1);
        assertThatThrownBy(() -> EvaluationData.split(bare, 0.2, 10, 10, 0))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("has no labels: put images in class sub-folders or use shards with .cls");
        assertThatThrownBy(() -> EvaluationData.of(IMAGES, bare, 10, 10, 0)).hasMessageContaining("the test data");
        assertThatThrownBy(() -> EvaluationData.of(IMAGES, IMAGES, 10, 10, 0)).hasMessageContaining("same");
        assertThatThrownBy(() -> EvaluationData.split(relabelled(List.of("cat"), 0), 0.2, 10, 10, 0))
                .hasMessageContaining("one labelled image");
        assertThatThrownBy(() -> EvaluationData.split(IMAGES, 0, 10, 10, 0)).hasMessageContaining("test_share");
    }
}
