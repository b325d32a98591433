package org.data2vec4j.image.eval;

import java.util.ArrayList;
import java.util.List;
import org.data2vec4j.core.UserException;
import org.data2vec4j.evaluation.probe.FeatureBuffer;
import org.data2vec4j.evaluation.probe.FeatureView;
import org.data2vec4j.evaluation.probe.Features;
import org.data2vec4j.evaluation.probe.Pooling;
import org.data2vec4j.image.data.ImageBatch;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.model.encoder.EncoderConfig;
import org.data2vec4j.model.nn.Block;
import org.data2vec4j.tensor.Autocast;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Grad;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.Tensors;

/**
 * Frozen features of images: the encoder as it is, dropout off, nothing recorded, nothing masked. Shapes: B batch, C·H·W images,
 * E extra tokens, T positions, D width.
 */
public final class ImageFeatureExtraction {
    private final Encoder encoder;
    private final DType products;

    /** An extractor that computes on the device of the encoder's weights, its products in {@code products}. */
    public ImageFeatureExtraction(Encoder encoder, DType products) {
        this.encoder = encoder;
        this.products = products;
    }

    /**
     * The features of all images of a pass, for several views at once, made in the scope that is open now. The encoder's training
     * mode is as before afterwards.
     *
     * @param capacity the most images that the pass can give; memory for them is taken at once
     * @return one for each view, in order
     * @throws UserException if the encoder has no such layer, or no extra token to pool, or gives numbers that are not finite
     */
    public List<Features> extract(Iterable<ImageBatch> batches, int capacity, List<FeatureView> views) {
        views.forEach(this::check);
        List<FeatureBuffer> buffers = new ArrayList<>();
        views.forEach(
                view -> buffers.add(new FeatureBuffer(capacity, encoder.config().width())));
        boolean training = encoder.training();
        encoder.train(false);
        try {
            for (ImageBatch batch : batches) {
                extract(batch, views, buffers);
            }
        } finally {
            encoder.train(training);
        }
        return buffers.stream().map(FeatureBuffer::features).toList();
    }

    private void extract(ImageBatch batch, List<FeatureView> views, List<FeatureBuffer> buffers) {
        try (Scope scope = Scope.open()) {
            Tensor source_BCHW = Tensors.of(
                            batch.pixels(), batch.size(), batch.channels(), batch.height(), batch.width())
                    .to(device());
            Encoder.Output output = Grad.off(() -> Autocast.with(products, () -> encoder.forward(source_BCHW)));
            for (int i = 0; i < views.size(); i++) {
                buffers.get(i).add(batch.labels(), batch.ids(), pooled(output, views.get(i)));
            }
        }
    }

    private static Tensor pooled(Encoder.Output output, FeatureView view) {
        Tensor tokens_BSD = layer(output, view.layer()); // S = E + T
        return switch (view.pooling()) {
            case MEAN ->
                Encoder.withoutExtra(tokens_BSD.detach().to(DType.F32), output.extraTokens())
                        .mean(false, 1);
            case CLS -> tokens_BSD.detach().select(1, output.extraTokens() - 1L);
        };
    }

    private static Tensor layer(Encoder.Output output, int layer) {
        if (layer == FeatureView.LAST) {
            return output.features_BTD();
        }
        int early = output.prenet().size();
        Block.Output block =
                layer < early ? output.prenet().get(layer) : output.blocks().get(layer - early);
        return block.tokens_BTD();
    }

    private void check(FeatureView view) {
        EncoderConfig config = encoder.config();
        int blocks = config.prenet() + config.depth();
        if (view.layer() >= blocks) {
            throw new UserException("evaluation.layer is " + view.layer() + " but the encoder has " + blocks
                    + " blocks; allowed: 0 to " + (blocks - 1) + ", or -1 for the final features");
        }
        if (view.pooling() == Pooling.CLS && config.extraTokens() == 0) {
            throw new UserException("evaluation.pooling is cls but the encoder has no extra token; use mean, or set"
                    + " model.extra_tokens to 1 or more before pre-training");
        }
    }

    private Device device() {
        return encoder.parameters().values().iterator().next().value().device();
    }
}
