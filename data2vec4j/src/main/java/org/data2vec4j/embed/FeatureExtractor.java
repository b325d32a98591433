package org.data2vec4j.embed;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.data2vec4j.HiddenStates;
import org.data2vec4j.Options;
import org.data2vec4j.core.UserException;
import org.data2vec4j.data.Batch;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.model.encoder.Input;
import org.data2vec4j.model.mask.Layout;
import org.data2vec4j.model.nn.Block;
import org.data2vec4j.run.LoadedEncoder;
import org.data2vec4j.run.OpenedRun;
import org.data2vec4j.tensor.Autocast;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.F;
import org.data2vec4j.tensor.Grad;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensor;

/**
 * A loaded encoder's features of batches: dropout off, nothing masked, nothing recorded for gradients. May be used by several threads
 * at once. Shapes: B samples, E extra tokens, T positions, D width.
 */
public final class FeatureExtractor {
    private final OpenedRun run;
    private final LoadedEncoder loaded;
    private final Encoder encoder;
    private final Options options;

    /**
     * The features of one of a run's encoders.
     *
     * @throws UserException if it has no such layer, or no extra token to pool
     */
    public FeatureExtractor(OpenedRun run, LoadedEncoder loaded, Options options) {
        this.run = run;
        this.loaded = loaded;
        this.encoder = loaded.encoder();
        this.options = options;
        if (options.layer() >= layers()) {
            throw new UserException("layer is " + options.layer() + ", and " + run.path() + " has " + layers()
                    + " blocks; allowed: " + Options.LAST_LAYER + " for the final features, or 0 to " + (layers() - 1));
        }
        if (options.pooling() == Options.VectorPooling.CLS && encoder.config().extraTokens() == 0) {
            throw new UserException(
                    "pooling is CLS, and " + run.path() + " has no extra token to be one; allowed: MEAN");
        }
        encoder.train(false);
    }

    /** The numbers of a vector, D. */
    public int width() {
        return encoder.config().width();
    }

    /** Blocks, the pre-net's and the shared ones. */
    public int layers() {
        return encoder.layers().size();
    }

    /** (B, D): one vector for each sample. */
    public float[][] vectors(Batch batch) {
        return loaded.use(() -> vectorsOf(batch));
    }

    private float[][] vectorsOf(Batch batch) {
        try (Scope scope = Scope.open()) {
            List<float[]> vectors = new ArrayList<>();
            for (Input input : encoder.slices(run.config().modality().convert(batch, run.device()))) {
                Collections.addAll(vectors, vectors(input));
            }
            if (options.normalized()) {
                vectors.forEach(FeatureExtractor::normalize);
            }
            return vectors.toArray(float[][]::new);
        }
    }

    private float[][] vectors(Input input) {
        try (Scope scope = Scope.open()) {
            Tensor vectors_BD = Grad.noGrad(() -> Autocast.with(run.precision().type(), () -> pooled(input)));
            checkFinite(vectors_BD);
            return rows(vectors_BD.toFloats(), Math.toIntExact(vectors_BD.size(0)));
        }
    }

    private Tensor pooled(Input input) {
        Layout layout = encoder.featureEncoder().layout(input);
        List<Tensor> wanted = new ArrayList<>();
        Tensor features_BSD = encoder.encode(encoder.featureEncoder().tokens(input, layout), layout, (layer, block) -> {
            if (layer == options.layer()) {
                wanted.add(pooled(block.tokens_BTD(), layout));
            }
        });
        if (options.layer() != Options.LAST_LAYER) {
            return wanted.get(0);
        }
        return options.pooling() == Options.VectorPooling.MODEL
                ? encoder.pooled(features_BSD, layout)
                : pooled(features_BSD, layout);
    }

    private Tensor pooled(Tensor x_BSD, Layout layout) {
        int extra = encoder.config().extraTokens();
        return options.pooling() == Options.VectorPooling.CLS
                ? x_BSD.select(1, extra - 1L).to(DType.F32)
                : Encoder.mean(x_BSD, extra, layout);
    }

    private static List<Tensor> blocks(Encoder.Output output) {
        return Stream.concat(output.prenet().stream(), output.blocks().stream())
                .map(Block.Output::tokens_BTD)
                .toList();
    }

    /** One for each sample: the features of all its positions at every layer. */
    public List<HiddenStates> hidden(Batch batch) {
        return loaded.use(() -> hiddenOf(batch));
    }

    private List<HiddenStates> hiddenOf(Batch batch) {
        try (Scope scope = Scope.open()) {
            Input input = run.config().modality().convert(batch, run.device());
            Layout layout = encoder.featureEncoder().layout(input);
            List<HiddenStates> samples = new ArrayList<>();
            Grad.noGrad(() -> Autocast.with(run.precision().type(), () -> {
                Encoder.Output output = encoder.encode(encoder.featureEncoder().tokens(input, layout), layout);
                List<Tensor> all = new ArrayList<>(blocks(output));
                all.add(output.features_BTD());
                for (int sample = 0; sample < batch.size(); sample++) {
                    samples.add(of(sample, all, output.extraTokens(), layout));
                }
                return output.features_BTD();
            }));
            return samples;
        }
    }

    private HiddenStates of(int sample, List<Tensor> layers, int extra, Layout layout) {
        int positions = layout.length(sample);
        float[][][] values = new float[layers.size()][][];
        for (int i = 0; i < values.length; i++) {
            Tensor x_TD = layers.get(i)
                    .select(0, sample)
                    .narrow(0, extra, positions)
                    .to(DType.F32)
                    .contiguous();
            checkFinite(x_TD);
            values[i] = rows(x_TD.toFloats(), positions);
        }
        boolean whole = positions == layout.grid().size();
        return whole
                ? new HiddenStates(layout.grid().height(), layout.grid().width(), values)
                : new HiddenStates(1, positions, values);
    }

    private void checkFinite(Tensor values) {
        if (!F.allFinite(values)) {
            throw new UserException(run.path() + " gives vectors that are not all finite numbers: its weights are"
                    + " damaged, or its precision is too low");
        }
    }

    private static float[][] rows(float[] all, int count) {
        int width = all.length / Math.max(1, count);
        float[][] rows = new float[count][];
        for (int i = 0; i < count; i++) {
            rows[i] = Arrays.copyOfRange(all, i * width, (i + 1) * width);
        }
        return rows;
    }

    /** To length 1; a vector of zeros stays as it is. */
    private static void normalize(float[] vector) {
        double squares = 0;
        for (float value : vector) {
            squares += (double) value * value;
        }
        double scale = squares == 0 ? 1 : 1 / Math.sqrt(squares);
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) (vector[i] * scale);
        }
    }
}
