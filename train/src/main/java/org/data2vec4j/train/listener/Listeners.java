package org.data2vec4j.train.listener;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Several listeners as one. */
public final class Listeners {
    private Listeners() {}

    /**
     * A listener that passes every call to all, in order. Where some throw, the rest are called all the same; then the first
     * failure is thrown, with the later ones suppressed in it.
     */
    public static TrainListener of(List<TrainListener> listeners) {
        return new All(List.copyOf(listeners));
    }

    private record All(List<TrainListener> listeners) implements TrainListener {
        @Override
        public void onStart(RunStart start) {
            each(listener -> listener.onStart(start));
        }

        @Override
        public void onUpdate(UpdateReport report) {
            each(listener -> listener.onUpdate(report));
        }

        @Override
        public void onEvaluation(long update, double elapsed, List<Metric> metrics) {
            each(listener -> listener.onEvaluation(update, elapsed, metrics));
        }

        @Override
        public void onMessage(String message) {
            each(listener -> listener.onMessage(message));
        }

        @Override
        public void close() {
            each(TrainListener::close);
        }

        private void each(Consumer<TrainListener> call) {
            @Nullable RuntimeException first = null;
            for (TrainListener listener : listeners) {
                try {
                    call.accept(listener);
                } catch (RuntimeException e) {
                    if (first == null) {
                        first = e;
                    } else if (first != e) { // an exception cannot suppress itself
                        first.addSuppressed(e);
                    }
                }
            }
            if (first != null) {
                throw first;
            }
        }
    }
}
