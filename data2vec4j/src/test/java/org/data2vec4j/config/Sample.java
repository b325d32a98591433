package org.data2vec4j.config;

import java.util.List;
import org.data2vec4j.core.Check;
import org.data2vec4j.core.Kind;
import org.jspecify.annotations.Nullable;

/** Records of every shape a recipe can hold. */
public final class Sample {
    private Sample() {}

    public enum Norm {
        LAYER,
        BATCH,
        INSTANCE_NORM
    }

    /** Sealed, with a name from each rule: stripped last word, stripped first word, the annotation, nested sealed. */
    public sealed interface MaskLaw {}

    public record BlockMask(int size, double share) implements MaskLaw {
        public static BlockMask defaults() {
            return new BlockMask(4, 0.8);
        }

        public BlockMask {
            Check.positive("size", size);
            Check.inRange("share", share, 0, 1);
        }
    }

    public record UniformMaskLaw(double share) implements MaskLaw {}

    @Kind("every_nth")
    public record Stride(int step) implements MaskLaw {}

    public sealed interface SpanMask extends MaskLaw {}

    public record TimeSpanMask() implements SpanMask {}

    public record Layer(int width, Norm norm) {
        public static Layer defaults() {
            return new Layer(32, Norm.LAYER);
        }

        public Layer {
            Check.positive("width", width);
        }
    }

    public record Optimizer(double learningRate, double weightDecay) {
        public Optimizer {
            Check.that(weightDecay <= learningRate, "weight decay above the learning rate makes no sense");
        }
    }

    public record Train(long updates, int batchSize, Optimizer optimizer, MaskLaw mask) {
        public static Train defaults() {
            return new Train(1000, 16, new Optimizer(0.1, 0.05), new BlockMask(9, 0.6));
        }

        public Train {
            Check.setting(!(mask instanceof BlockMask block) || block.size() < 100, "mask.size", "is 100 or more");
            if (batchSize == 13) {
                throw new IllegalStateException("a bug");
            }
        }
    }

    /** Every type a component may have; nothing has a default. */
    public record Everything(
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
    public record Arrays(double[] rates, int[] counts, long[] totals) {}

    public record Model(int width, int depth) {}

    public record Small(int seed, Model model, MaskLaw mask, List<Layer> layers) {}
}
