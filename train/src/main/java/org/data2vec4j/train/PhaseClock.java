package org.data2vec4j.train;

/** Told when the phases of an update end; for profiles. */
public interface PhaseClock {
    /** Measures nothing. */
    PhaseClock NONE = new PhaseClock() {
        @Override
        public void start() {}

        @Override
        public void end(String phase) {}
    };

    /** An update begins. */
    void start();

    /** What ran since the last call, or since {@link #start}, was this phase. */
    void end(String phase);
}
