package org.data2vec4j.train.record;

import java.nio.file.Path;
import java.util.List;
import org.data2vec4j.train.listener.Metric;
import org.data2vec4j.train.listener.RunStart;
import org.data2vec4j.train.listener.TrainListener;
import org.data2vec4j.train.listener.UpdateReport;

/** Plays a run of 20 updates to a listener: metrics at every second update, an evaluation at every fifth. */
public final class FakeRun {
    static final int UPDATES = 20;

    private FakeRun() {}

    /** Updates after {@code from} up to and with {@code to}; does not close the listener. */
    static void play(TrainListener listener, Path directory, int from, int to) {
        listener.onStart(new RunStart(directory, from, UPDATES));
        for (int update = from + 1; update <= to; update++) {
            listener.onUpdate(report(update));
            if (update % 5 == 0) {
                listener.onEvaluation(update, update * 0.5, List.of(new Metric("eval/knn", 0.1 + update * 0.01)));
            }
        }
    }

    public static UpdateReport report(int update) {
        List<Metric> metrics = update % 2 == 0
                ? List.of(new Metric("loss", 1.0 / update), new Metric("optimizer/learning_rate", 1e-3))
                : List.of();
        return new UpdateReport(update, UPDATES, update / 8, 64, 0.5, update * 0.5, metrics);
    }
}
