package org.data2vec4j.lab.bench;

import java.io.PrintWriter;
import org.data2vec4j.train.Precision;

/** Says on the error stream what is being timed: a redrawn line on a terminal, else one plain line per precision. */
final class BenchProgress {
    private final PrintWriter err;
    private final String bench;
    private final boolean terminal;

    BenchProgress(PrintWriter err, String bench, boolean terminal) {
        this.err = err;
        this.bench = bench;
        this.terminal = terminal;
    }

    /** A precision begins. */
    void start(Precision precision, int warmup, int updates) {
        String line = "bench " + bench + ": " + PrecisionResult.name(precision) + ", " + warmup
                + " updates to warm up, " + updates + " timed";
        if (terminal) {
            err.print(line);
        } else {
            err.println(line);
        }
        err.flush();
    }

    /** So many of its updates are timed. */
    void timed(Precision precision, int done, int updates) {
        if (!terminal) {
            return;
        }
        err.print("\r\u001b[Kbench " + bench + ": " + PrecisionResult.name(precision) + " " + done + "/" + updates);
        if (done == updates) {
            err.println();
        }
        err.flush();
    }
}
