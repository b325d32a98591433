package org.data2vec4j.cli.config;

import java.util.List;
import org.data2vec4j.core.Check;
import org.data2vec4j.core.Kind;
import org.jspecify.annotations.Nullable;

/** Records of every shape a recipe can hold. */
final class Sample {
    private Sample() {}

    enum Norm {
        LAYER,
        BATCH,
        INSTANCE_NORM
    }

    /** Sealed, with a name from each rule: stripped last word, stripped first word, the annotation, nested sealed. */
    sealed interface MaskLaw {}

    record BlockMask(int size, double share) implements MaskLaw {
        public static BlockMask defaults() {
            return new BlockMask(4, 0.8);
        }

        BlockMask {
            Check.positive("size", size);
            Check.inRange("share", share, 0, 1);
        }
    }

    record UniformMaskLaw(double share) implements MaskLaw {}

    @Kind("every_nth")
    record Stride(int step) implements MaskLaw {}

    sealed interface SpanMask extends MaskLaw {}

    record TimeSpanMask() implements SpanMask {}

    record Layer(int width, Norm norm) {
        public static Layer defaults() {
            return new Layer(32, Norm.LAYER);
        }

        Layer {
            Check.positive("width", width);
        }
    }

    record Optimiser(double learningRate, double weightDecay) {
        Optimiser {
            Check.that(weightDecay <= learningRate, "weight decay above the learning rate makes no sense");
        }
    }

    record Train(long updates, int batchSize, Optimiser optimiser, MaskLaw mask) {
        public static Train defaults() {
            return new Train(1000, 16, new Optimiser(0.1, 0.05), new BlockMask(9, 0.6));
        }

        Train {
            Check.that(!(mask instanceof BlockMask block) || block.size() < 100, "mask.size is 100 or more");
            if (batchSize == 13) {
                throw new IllegalStateException("a bug");
            }
        }
    }

    /** Every type a component may have; nothing has a default. */
    record Everything(
            int count,
            long total,
            double rate,
            boolean fast,
            String title,
            Norm norm,
            Layer layer,
            MaskLaw mask,
            List<String> words,
            List<Integer> counts,
            List<Double> rates,
            List<Layer> layers,
            List<MaskLaw> masks,
            List<List<Integer>> table,
            @Nullable Double limit,
            @Nullable String note,
            @Nullable Layer extra) {}

    @SuppressWarnings("ArrayRecordComponent") // what it is for: arrays bind too
    record Arrays(double[] rates, int[] counts, long[] totals) {}

    record Model(int width, int depth) {}

    record Small(int seed, Model model, MaskLaw mask, List<Layer> layers) {}
}
