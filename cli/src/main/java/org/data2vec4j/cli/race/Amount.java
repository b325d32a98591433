package org.data2vec4j.cli.race;

import org.data2vec4j.cli.race.Lane.Progress;

/** What training is paid in. */
enum Amount {
    /** Of training alone. */
    SECONDS("seconds", "seconds of training", "s") {
        @Override
        double of(Progress progress) {
            return progress.seconds();
        }
    },
    /** Seen so far, each as often as it was. */
    SAMPLES("samples", "samples seen", "samples") {
        @Override
        double of(Progress progress) {
            return progress.samples();
        }
    },
    /** Of matrix products, forward and backward. */
    FLOPS("flops", "floating-point operations of matrix products", "FLOPs") {
        @Override
        double of(Progress progress) {
            return progress.flops();
        }
    };

    private final String word;
    private final String label;
    private final String unit;

    Amount(String word, String label, String unit) {
        this.word = word;
        this.label = label;
        this.unit = unit;
    }

    abstract double of(Progress progress);

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
