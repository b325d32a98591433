package org.data2vec4j.run;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.data2vec4j.train.listener.Listeners;
import org.data2vec4j.train.listener.TrainListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows a run for a program that uses the library: its listeners, its conditions to stop, and the log. */
public final class RunFollower implements RunWatch {
    private static final Logger LOG = LoggerFactory.getLogger("org.data2vec4j.run");

    private final List<TrainListener> listeners = new ArrayList<>();
    private final List<BooleanSupplier> stops = new ArrayList<>();

    /** A follower without listeners that never stops a run. */
    public RunFollower() {}

    /** Adds a listener. */
    public void add(TrainListener listener) {
        listeners.add(listener);
    }

    /** Adds a condition; a run stops once any of them is true. */
    public void stopWhen(BooleanSupplier stop) {
        stops.add(stop);
    }

    @Override
    public TrainListener listener(String name, String samples) {
        return Listeners.of(listeners);
    }

    @Override
    public StopRequest stopRequest() {
        return StopRequest.of(() -> stops.stream().anyMatch(BooleanSupplier::getAsBoolean));
    }

    /** Where a run writes lines: each becomes an entry of the log at level {@code INFO}. */
    public PrintWriter log() {
        return new PrintWriter(new LogWriter(), false);
    }

    /** Collects characters and logs each line when it is complete. */
    private static final class LogWriter extends Writer {
        private final StringBuilder line = new StringBuilder();

        @Override
        public void write(char[] characters, int offset, int length) {
            for (int i = offset; i < offset + length; i++) {
                if (characters[i] == '\n') {
                    LOG.info("{}", line.toString().stripTrailing());
                    line.setLength(0);
                } else {
                    line.append(characters[i]);
                }
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
