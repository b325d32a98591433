package org.data2vec4j.lab.race;

import org.data2vec4j.lab.race.SeedRun.Progress;

/** What training is paid in. */
enum CostAxis {
    /** Of training alone. */
    SECONDS("seconds", "seconds of training", "s") {
        @Override
        double of(Progress progress, double timed) {
            return progress.seconds();
        }
    },
    /** What the updates would have taken at the speeds that became everyone's budgets, whatever the machine did on the way. */
    TIMED("timed", "seconds at the speed timed before the race", "s") {
        @Override
        double of(Progress progress, double timed) {
            return timed * progress.update();
        }
    },
    /** Seen so far, each as often as it was. */
    SAMPLES("samples", "samples seen", "samples") {
        @Override
        double of(Progress progress, double timed) {
            return progress.samples();
        }
    },
    /** Of matrix products, forward and backward. */
    FLOPS("flops", "floating-point operations of matrix products", "FLOPs") {
        @Override
        double of(Progress progress, double timed) {
            return progress.flops();
        }
    };

    private final String word;
    private final String label;
    private final String unit;

    CostAxis(String word, String label, String unit) {
        this.word = word;
        this.label = label;
        this.unit = unit;
    }

    /**
     * What a run has paid.
     *
     * @param timed seconds of one of its updates: the budget's, shared evenly among the updates that the timing made of it
     */
    abstract double of(Progress progress, double timed);

    /** For names of files. */
    String word() {
        return word;
    }

    /** For axes. */
    String label() {
        return label;
    }

    /** Behind numbers. */
    String unit() {
        return unit;
    }
}
