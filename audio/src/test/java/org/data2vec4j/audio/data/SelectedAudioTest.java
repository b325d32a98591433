package org.data2vec4j.audio.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SelectedAudioTest {
    private static List<String> names(double share, long seed) {
        List<String> names = new ArrayList<>();
        try (SelectedAudio some = SelectedAudio.transcribed(new SyntheticSpeech(50, false, 3), share, seed)) {
            for (int i = 0; i < some.size(); i++) {
                names.add(some.name(i));
            }
        }
        return names;
    }

    @Test
    void aShareIsTheSameForTheSameSeedAndInOrder() {
        assertThat(names(0.2, 1)).hasSize(10).isEqualTo(names(0.2, 1)).isNotEqualTo(names(0.2, 2));
        List<Integer> indices = names(0.2, 1).stream()
                .map(name -> Integer.parseInt(name.substring(name.indexOf('!') + 1)))
                .toList();
        assertThat(indices).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void aSmallerShareIsPartOfALargerAndAllIsAll() {
        assertThat(names(0.5, 1)).containsAll(names(0.1, 1));
        assertThat(names(1, 1)).hasSize(50);
        assertThat(names(0.001, 1)).as("at least one").hasSize(1);
    }

    @Test
    void whatIsSelectedIsWhatTheSourceHas() throws IOException {
        SyntheticSpeech source = new SyntheticSpeech(50, false, 3);
        try (SelectedAudio some = SelectedAudio.transcribed(source, 0.1, 1)) {
            for (int i = 0; i < some.size(); i++) {
                int index = Integer.parseInt(some.name(i).substring(some.name(i).indexOf('!') + 1));
                assertThat(some.transcript(i)).isEqualTo(source.transcript(index));
                assertThat(some.speaker(i)).isEqualTo(source.speaker(index));
                assertThat(some.duration(i)).isEqualTo(source.duration(index));
                assertThat(some.read(i).samples()).isEqualTo(source.read(index).samples());
            }
        }
    }
}
