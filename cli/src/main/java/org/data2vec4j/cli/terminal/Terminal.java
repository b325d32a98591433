package org.data2vec4j.cli.terminal;

import org.data2vec4j.run.RunWatch;
import org.data2vec4j.run.StopRequest;
import org.data2vec4j.train.listener.TrainListener;
import org.data2vec4j.train.record.ProgressBar;
import org.data2vec4j.train.record.ProgressStyle;

/** Shows a run's progress on standard output and stops it at SIGINT and SIGTERM. */
public final class Terminal implements RunWatch {
    @Override
    public TrainListener listener(String name, String samples) {
        return new ProgressBar(name, samples, System.out, ProgressStyle.detect());
    }

    @Override
    public StopRequest stopRequest() {
        return new StopSignal();
    }
}
