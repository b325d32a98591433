package org.data2vec4j.model;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.data2vec4j.core.Rng;
import org.data2vec4j.image.model.ImageConfig;
import org.data2vec4j.image.model.ImageFeatureEncoder;
import org.data2vec4j.model.decoder.ConvDecoderConfig;
import org.data2vec4j.model.decoder.DecoderConfig;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.model.encoder.EncoderConfig;
import org.data2vec4j.model.encoder.Input;
import org.data2vec4j.model.mask.MaskBatch;
import org.data2vec4j.model.mask.RandomMask;
import org.data2vec4j.model.method.StepContext;
import org.data2vec4j.model.method.data2vec2.Data2Vec2;
import org.data2vec4j.model.method.data2vec2.Data2Vec2Config;
import org.data2vec4j.model.method.data2vec2.Data2Vec2LossConfig;
import org.data2vec4j.model.nn.BlockConfig;
import org.data2vec4j.model.nn.Module;
import org.data2vec4j.model.nn.NormPlacement;
import org.data2vec4j.model.nn.Weights;
import org.data2vec4j.model.teacher.TargetsConfig;
import org.data2vec4j.model.teacher.TeacherConfig;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.Tensors;

/** Models small enough for a test: width 16, images of 8×12 pixels in patches of 4. */
public final class Tiny {
    public static final int WIDTH = 16;
    public static final ImageConfig IMAGE = new ImageConfig(8, 3, 4);

    private Tiny() {}

    /** Standard normal values. */
    public static float[] values(int count, long seed) {
        Rng rng = Rng.of(seed, 77);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) rng.nextGaussian();
        }
        return values;
    }

    /** A standard normal tensor. */
    public static Tensor normal(long seed, long... shape) {
        int count = 1;
        for (long size : shape) {
            count *= (int) size;
        }
        return Tensors.of(values(count, seed), shape);
    }

    /** Images of 8×12 pixels: a grid of 2×3 positions. */
    public static Input images(int count, long seed) {
        long[] ids = new long[count];
        for (int i = 0; i < count; i++) {
            ids[i] = 100L + i;
        }
        return new Input(normal(seed, count, 3, 8, 12), ids);
    }

    /** One sample of a batch. */
    public static Input alone(Input batch, int sample) {
        return new Input(batch.source().narrow(0, sample, 1), new long[] {batch.ids()[sample]});
    }

    /** Places a module under the name {@code m}, with every parameter drawn from N(0, 0.3²) so that nothing is nearly zero. */
    public static Weights placed(Module module) {
        Weights weights = Weights.allocate(Device.CPU, Map.of("m", module));
        scramble(weights, 5);
        return weights;
    }

    /** Every parameter from N(0, 0.3²). */
    public static void scramble(Weights weights, long seed) {
        weights.parameters().forEach((name, parameter) -> {
            float[] values = values(parameter.numel(), seed + name.hashCode());
            for (int i = 0; i < values.length; i++) {
                values[i] *= 0.3f;
            }
            parameter.value().detach().copy_(values);
        });
    }

    /** The values of every parameter by name. */
    public static Map<String, float[]> copies(Weights weights) {
        Map<String, float[]> copies = new LinkedHashMap<>();
        weights.parameters()
                .forEach((name, parameter) -> copies.put(name, parameter.value().toFloats()));
        return copies;
    }

    public static BlockConfig block(NormPlacement norm) {
        return new BlockConfig(WIDTH, 2, 2, norm, 1e-6, 0, 0, 0, 0);
    }

    public static Encoder encoder(int prenet, int depth, int extra, NormPlacement norm) {
        return new Encoder(new ImageFeatureEncoder(IMAGE, WIDTH), new EncoderConfig(prenet, depth, extra, block(norm)));
    }

    /** A decoder without noise, so that nothing but the masks is random. */
    public static DecoderConfig quietDecoder() {
        return new ConvDecoderConfig(WIDTH, 2, 3, 4, true, 1, 2, 0, 0);
    }

    public static Data2Vec2Config config(int clones, TargetsConfig targets, Data2Vec2LossConfig loss) {
        return new Data2Vec2Config(
                clones, new RandomMask(0.5), quietDecoder(), targets, new TeacherConfig(0.9, 0.99, 10), loss);
    }

    public static Data2Vec2 method(Data2Vec2Config config, int extra, long seed) {
        return new Data2Vec2(
                config,
                new EncoderConfig(0, 2, extra, block(NormPlacement.POST)),
                () -> new ImageFeatureEncoder(IMAGE, WIDTH),
                seed,
                Device.CPU);
    }

    /** data2vec 2.0 with two clones, published targets and loss, and a quiet decoder. */
    public static Data2Vec2 method(long seed) {
        return method(config(2, TargetsConfig.image(2), Data2Vec2LossConfig.defaults()), 1, seed);
    }

    /** Row {@code i} of a tensor whose first dimension counts rows. */
    public static float[] row(Tensor tensor, int i) {
        return tensor.select(0, i).toFloats();
    }

    /** All dimensions as a list, for assertions. */
    public static List<Long> shape(Tensor tensor) {
        return Arrays.stream(tensor.shape()).boxed().toList();
    }

    /** The context of an update of one process and one batch under given masks. */
    public static StepContext context(MaskBatch masks, boolean diagnose) {
        return StepContext.single(0, diagnose, masks.masked());
    }
}
