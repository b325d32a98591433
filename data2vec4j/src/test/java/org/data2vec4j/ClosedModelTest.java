package org.data2vec4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bytedeco.javacpp.PointerScope;
import org.data2vec4j.config.YamlWriter;
import org.data2vec4j.core.Rng;
import org.data2vec4j.data.Batch;
import org.data2vec4j.run.LoadedEncoder;
import org.data2vec4j.run.OpenedRun;
import org.data2vec4j.run.RunDirectory;
import org.data2vec4j.tensor.Native;
import org.data2vec4j.train.TinyRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A model is closed by any thread, while others call it, or never. */
class ClosedModelTest {
    private static final int THREADS = 8;

    @TempDir
    Path folder;

    private Batch batch;

    @BeforeEach
    void train() throws Exception {
        TinyRun tiny = new TinyRun(folder).updates(1);
        tiny.run();
        Files.writeString(folder.resolve(RunDirectory.CONFIG), YamlWriter.write(tiny.config()));
        try (Data2Vec model = Data2Vec.load(folder)) { // what is made once is there
            batch = model.modality().random(Rng.of(1), new long[] {0, 1});
            model.vectors(batch);
        }
    }

    private void isRefused(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the model of " + folder + " is closed");
    }

    @Test
    void everyCallAfterCloseIsRefusedAndNamesTheRun() {
        Data2Vec model = Data2Vec.load(folder);
        model.close();
        model.close();
        isRefused(() -> model.vectors(batch));
        isRefused(() -> model.embed(folder));
        isRefused(() -> model.embed("text"));
        isRefused(() -> model.embed(new byte[0]));
        isRefused(() -> model.embedAll(List.of()));
        isRefused(() -> model.hidden(folder));
        isRefused(() -> model.hiddenAll(List.of()));
        isRefused(model::batch);
        isRefused(model::reader);
        isRefused(model::info);
        isRefused(model::width);
        isRefused(model::modality);
        isRefused(model::origin);
        isRefused(model::run);
    }

    @Test
    @Timeout(120)
    void closeWaitsForCallsInFlightAndLaterOnesAreRefused() throws Exception {
        long before = Native.livePointers();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS + 1);
        try {
            for (int round = 0; round < 10; round++) {
                Data2Vec model = Data2Vec.load(folder);
                float[] expected = model.vectors(batch)[0];
                CountDownLatch calling = new CountDownLatch(THREADS);
                List<Future<Integer>> calls = new ArrayList<>();
                for (int i = 0; i < THREADS; i++) {
                    calls.add(threads.submit(() -> callUntilClosed(model, expected, calling)));
                }
                calling.await(60, TimeUnit.SECONDS);
                threads.submit(model::close).get(60, TimeUnit.SECONDS);
                for (Future<Integer> made : calls) {
                    assertThat(made.get(60, TimeUnit.SECONDS)).isPositive();
                }
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(Native.livePointers()).isLessThanOrEqualTo(before);
    }

    /** How many calls were answered before one was refused. */
    private int callUntilClosed(Data2Vec model, float[] expected, CountDownLatch calling) {
        for (int made = 0; ; made++) {
            try {
                assertThat(model.vectors(batch)[0]).containsExactly(expected);
            } catch (IllegalStateException e) {
                assertThat(e).hasMessage("the model of " + folder + " is closed");
                return made;
            }
            if (made == 0) {
                calling.countDown();
            }
        }
    }

    @Test
    void aCallCannotCloseItsOwnModel() {
        try (LoadedEncoder model = LoadedEncoder.of(OpenedRun.open(folder, ""), WeightsChoice.PREFERRED)) {
            assertThatThrownBy(() -> model.use(() -> {
                        model.close();
                        return 0;
                    }))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("the model of " + folder + " cannot be closed by one of its own calls");
            assertThat(model.<Integer>use(() -> 1)).isOne();
        }
    }

    @Test
    void aLoadedModelHoldsNoScopeOfItsThread() {
        PointerScope before = PointerScope.getInnerScope();
        try (Data2Vec model = Data2Vec.load(folder)) {
            assertThat(PointerScope.getInnerScope()).isSameAs(before);
            assertThat(model.width()).isPositive();
        }
    }

    @Test
    @Timeout(60)
    void aModelThatIsNeverClosedIsFreedWhenNobodyHasIt() throws Exception {
        long before = Native.livePointers();
        long loaded = forgotten();
        assertThat(loaded).isGreaterThan(before);
        while (Native.livePointers() > before) {
            System.gc();
            Thread.sleep(20);
        }
    }

    private long forgotten() {
        Data2Vec model = Data2Vec.load(folder);
        model.vectors(batch);
        return Native.livePointers();
    }
}
