package org.data2vec4j.train.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.data2vec4j.train.record.FakeRun;
import org.junit.jupiter.api.Test;

class ListenersTest {
    private final List<String> calls = new ArrayList<>();

    /** Notes every call; throws from messages and from close if told to. */
    private TrainListener recorder(String name, boolean failing) {
        return new TrainListener() {
            @Override
            public void onStart(RunStart start) {
                calls.add(name + " start " + start.firstUpdate());
            }

            @Override
            public void onUpdate(UpdateReport report) {
                calls.add(name + " update " + report.update());
            }

            @Override
            public void onEvaluation(long update, double elapsed, List<Metric> metrics) {
                calls.add(name + " evaluation " + update);
            }

            @Override
            public void onMessage(String message) {
                note("message");
            }

            @Override
            public void close() {
                note("close");
            }

            private void note(String call) {
                calls.add(name + " " + call);
                if (failing) {
                    throw new IllegalStateException(name + " failed");
                }
            }
        };
    }

    @Test
    void passesEveryCallInOrder() {
        try (TrainListener all = Listeners.of(List.of(recorder("a", false), recorder("b", false)))) {
            all.onStart(new RunStart(Path.of("."), 3, 20));
            all.onUpdate(FakeRun.report(4));
            all.onEvaluation(5, 1, List.of());
            all.onMessage("hello");
        }
        assertThat(calls)
                .containsExactly(
                        "a start 3",
                        "b start 3",
                        "a update 4",
                        "b update 4",
                        "a evaluation 5",
                        "b evaluation 5",
                        "a message",
                        "b message",
                        "a close",
                        "b close");
    }

    @Test
    void closesAllThoughSomeThrow() {
        TrainListener all = Listeners.of(List.of(recorder("a", true), recorder("b", true), recorder("c", false)));
        assertThatThrownBy(all::close)
                .hasMessage("a failed")
                .satisfies(e -> assertThat(e.getSuppressed())
                        .extracting(Throwable::getMessage)
                        .containsExactly("b failed"));
        assertThat(calls).containsExactly("a close", "b close", "c close");
    }

    @Test
    void theSameExceptionTwiceIsThrownOnce() {
        RuntimeException failure = new IllegalStateException("disk full");
        TrainListener failing = new TrainListener() {
            @Override
            public void onMessage(String message) {
                throw failure;
            }
        };
        TrainListener all = Listeners.of(List.of(failing, failing));
        assertThatThrownBy(() -> all.onMessage("x")).isSameAs(failure);
        assertThatCode(all::close).doesNotThrowAnyException();
    }
}
