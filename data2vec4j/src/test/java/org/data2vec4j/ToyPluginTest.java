package org.data2vec4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.data2vec4j.core.UserException;
import org.data2vec4j.train.listener.TrainListener;
import org.data2vec4j.train.listener.UpdateReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import toy.ToyPlugin;

/** A modality and a method of another jar need one folder each and one line in a provider. */
class ToyPluginTest {
    @TempDir
    Path folder;

    @Test
    void aRegisteredModalityAndMethodAreTrained() {
        ToyPlugin.with(() -> {
            List<Long> updates = new ArrayList<>();
            Recipe recipe =
                    Recipe.of("toy", ToyPlugin.recipe(folder.resolve("run").toString()));
            Pretraining.End end = Pretraining.of(recipe.bind())
                    .listener(new TrainListener() {
                        @Override
                        public void onUpdate(UpdateReport report) {
                            updates.add(report.update());
                        }
                    })
                    .run();
            assertThat(end.finished()).isTrue();
            assertThat(updates).hasSize(10);
            assertThat(folder.resolve("run/report.html")).exists();
            assertThat(folder.resolve("run/config.yaml")).exists();
            // The saved configuration binds to the same records.
            assertThat(Recipe.load(folder.resolve("run/config.yaml").toString()).bind())
                    .isEqualTo(recipe.bind());
        });
    }

    @Test
    void withoutTheProviderTheSectionsAreUnknown() throws Exception {
        Path file = Files.writeString(folder.resolve("toy.yaml"), ToyPlugin.recipe("run"));
        assertThatThrownBy(() -> Recipe.load(file.toString()).bind())
                .isInstanceOf(UserException.class)
                .hasMessageContaining("unknown key");
    }
}
