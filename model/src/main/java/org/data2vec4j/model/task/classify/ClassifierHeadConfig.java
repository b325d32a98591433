package org.data2vec4j.model.task.classify;

import org.data2vec4j.core.Check;
import org.data2vec4j.core.Kind;

/** What makes scores of an encoder's features. */
public sealed interface ClassifierHeadConfig permits ClassifierHeadConfig.Mean, ClassifierHeadConfig.First {
    /** The head, from features of a width to so many outputs. */
    Head build(int width, int outputs);

    /** The mean over positions, normalised, then linear (MAE's and data2vec's for images). */
    @Kind("mean")
    record Mean(boolean norm) implements ClassifierHeadConfig {
        /** With the norm. */
        public static Mean defaults() {
            return new Mean(true);
        }

        @Override
        public Head build(int width, int outputs) {
            return new MeanHead(this, width, outputs);
        }
    }

    /** The first position, through a layer with a hyperbolic tangent, then linear (BERT's and RoBERTa's for texts). */
    @Kind("first")
    record First(double dropout) implements ClassifierHeadConfig {
        /** Checks the range. */
        public First {
            Check.inRange("dropout", dropout, 0, 0.99);
        }

        /** RoBERTa's dropout. */
        public static First defaults() {
            return new First(0.1);
        }

        @Override
        public Head build(int width, int outputs) {
            return new FirstHead(this, width, outputs);
        }
    }
}
