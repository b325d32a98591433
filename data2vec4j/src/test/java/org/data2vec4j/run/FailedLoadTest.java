package org.data2vec4j.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.javacpp.PointerScope;
import org.data2vec4j.Data2Vec;
import org.data2vec4j.Options;
import org.data2vec4j.WeightsChoice;
import org.data2vec4j.config.YamlWriter;
import org.data2vec4j.core.UserException;
import org.data2vec4j.tensor.Native;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.train.TinyRun;
import org.data2vec4j.train.loop.PretrainSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model that cannot be loaded leaves neither native memory nor an open scope behind. */
class FailedLoadTest {
    @TempDir
    Path folder;

    @BeforeEach
    void train() throws Exception {
        TinyRun tiny = new TinyRun(folder).updates(1);
        tiny.run();
        Files.writeString(folder.resolve(RunDirectory.CONFIG), YamlWriter.write(tiny.config()));
        Data2Vec.load(folder).close(); // what is made once is there
    }

    private static int openScopes() {
        var scopes = PointerScope.getScopeIterator();
        int count = 0;
        while (scopes != null && scopes.hasNext()) {
            scopes.next();
            count++;
        }
        return count;
    }

    /** The recipe describes a wider model than the checkpoint holds, which shows when its tensors are read. */
    private void widen() throws Exception {
        String wider = YamlWriter.write(new TinyRun(folder).width(32).config());
        Files.writeString(folder.resolve(RunDirectory.CONFIG), wider);
    }

    @Test
    void aModelThatCannotBeLoadedLeavesNothingOpen() throws Exception {
        widen();
        int scopes = openScopes();
        long pointers = Native.livePointers();
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> Data2Vec.load(folder)).isInstanceOf(UserException.class);
        }
        assertThat(openScopes()).isEqualTo(scopes);
        assertThat(Native.livePointers()).isLessThanOrEqualTo(pointers);
    }

    @Test
    void weightsThatAreNotThereLeaveNothingOpen() {
        int scopes = openScopes();
        long pointers = Native.livePointers();
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> Data2Vec.load(folder, Options.weights(WeightsChoice.one("parent"))))
                    .isInstanceOf(UserException.class);
        }
        assertThat(openScopes()).isEqualTo(scopes);
        assertThat(Native.livePointers()).isLessThanOrEqualTo(pointers);
    }

    @Test
    void anErrorWhileBuildingClosesTheScope() {
        int scopes = openScopes();
        assertThatThrownBy(() -> Scope.owned(scope -> {
                    throw new AssertionError("not built");
                }))
                .isInstanceOf(AssertionError.class);
        assertThat(openScopes()).isEqualTo(scopes);
        try (PretrainSession training = new PretrainSession(new TinyRun(folder.resolve("other")).config())) {
            assertThat(openScopes()).isEqualTo(scopes + 1);
            assertThat(training.resume()).isNull();
        }
        assertThat(openScopes()).isEqualTo(scopes);
    }
}
