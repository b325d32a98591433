package org.data2vec4j.eval.speech;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.data2vec4j.core.UserException;
import org.data2vec4j.data.audio.AudioBatch;
import org.data2vec4j.data.audio.AudioLoaderConfig;
import org.data2vec4j.data.audio.AudioReaderPass;
import org.data2vec4j.data.audio.feature.LogMel;
import org.data2vec4j.eval.Features;
import org.data2vec4j.model.mask.Layout;
import org.data2vec4j.model.modality.Encoder;
import org.data2vec4j.model.modality.Input;
import org.data2vec4j.model.modality.Padding;
import org.data2vec4j.model.nn.Block;
import org.data2vec4j.tensor.Autocast;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.F;
import org.data2vec4j.tensor.Grad;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.Tensors;
import org.data2vec4j.train.Inputs;

/** Frozen features of whole recordings, one vector for each layer. Shapes: N recordings, L layers, B, T, D. */
public final class AudioFeatures {
    private final Inputs inputs;
    private final AudioLoaderConfig reading;
    private final DType products;
    private final Device device;
    private final Consumer<String> warnings;

    /**
     * How features are computed.
     *
     * @param inputs how batches become inputs
     * @param reading how recordings are read: whole, in order
     * @param products element type of products
     * @param warnings told of recordings that cannot be used
     */
    public AudioFeatures(
            Inputs inputs, AudioLoaderConfig reading, DType products, Device device, Consumer<String> warnings) {
        this.inputs = inputs;
        this.reading = reading;
        this.products = products;
        this.device = device;
        this.warnings = warnings;
    }

    /**
     * The mean over positions of every block's output, pre-net first, in the scope open now: L entries of (N, D). Padding has no part
     * in it.
     *
     * @throws UserException if a feature is not finite
     */
    public List<Features> layers(Encoder encoder, LabelledAudio data) {
        boolean training = encoder.training();
        encoder.train(false);
        Gathered gathered = new Gathered(data);
        try {
            each(data, batch -> {
                try (Scope scope = Scope.open()) {
                    gathered.add(batch, pooled(encoder, inputs.of(batch, device)));
                }
            });
        } finally {
            encoder.train(training);
        }
        return gathered.features();
    }

    private List<float[]> pooled(Encoder encoder, Input input) {
        return Grad.off(() -> Autocast.with(products, () -> {
            Encoder.Output output = encoder.forward(input);
            Layout layout = encoder.local().layout(input);
            Tensor valid_BT1 = Padding.input(layout, device);
            List<float[]> layers = new ArrayList<>();
            for (List<Block.Output> part : List.of(output.prenet(), output.blocks())) {
                for (Block.Output block : part) {
                    Tensor x_BTD = Encoder.withoutExtra(block.tokens_BTD(), output.extraTokens())
                            .to(DType.F32);
                    Tensor mean_BD = valid_BT1 == null
                            ? x_BTD.mean(false, 1)
                            : x_BTD.mul(valid_BT1).sum(false, 1).div(valid_BT1.sum(false, 1));
                    if (!F.allFinite(mean_BD)) {
                        throw new UserException(
                                "the features of recordings are not all finite: the encoder's weights are damaged, or its"
                                        + " precision is too low");
                    }
                    layers.add(mean_BD.toFloats());
                }
            }
            return layers;
        }));
    }

    /** The control that learned nothing: mean and deviation of each log-mel band over a recording, (N, 160). */
    public Features logMel(LabelledAudio data) {
        LogMel mel = new LogMel();
        Gathered gathered = new Gathered(data);
        each(data, batch -> {
            float[] rows = null;
            int width = 0;
            for (int i = 0; i < batch.size(); i++) {
                float[] row = statistics(mel.of(batch.samples(), i * batch.width(), batch.lengths()[i]));
                width = row.length;
                rows = rows == null ? new float[batch.size() * width] : rows;
                System.arraycopy(row, 0, rows, i * width, width);
            }
            if (rows != null) {
                gathered.add(batch, List.of(rows));
            }
        });
        return gathered.features().get(0);
    }

    private static float[] statistics(org.data2vec4j.data.audio.feature.Features frames) {
        int width = frames.width();
        float[] row = new float[2 * width];
        for (int band = 0; band < width; band++) {
            double sum = 0;
            double squares = 0;
            for (int t = 0; t < frames.frames(); t++) {
                double value = frames.values()[t * width + band];
                sum += value;
                squares += value * value;
            }
            double mean = sum / frames.frames();
            row[band] = (float) mean;
            row[width + band] = (float) Math.sqrt(Math.max(0, squares / frames.frames() - mean * mean));
        }
        return row;
    }

    private void each(LabelledAudio data, Consumer<AudioBatch> work) {
        try (AudioReaderPass pass =
                new AudioReaderPass(data.source(), reading, data.source().size(), warnings)) {
            for (AudioBatch batch : pass) {
                work.accept(batch);
            }
        }
    }

    /** Rows gathered batch by batch. */
    private static final class Gathered {
        private final LabelledAudio data;
        private final List<List<float[]>> layers = new ArrayList<>();
        private final List<Long> ids = new ArrayList<>();
        private int count;

        Gathered(LabelledAudio data) {
            this.data = data;
        }

        void add(AudioBatch batch, List<float[]> rows) {
            for (int layer = 0; layer < rows.size(); layer++) {
                if (layer == layers.size()) {
                    layers.add(new ArrayList<>());
                }
                layers.get(layer).add(rows.get(layer));
            }
            for (long id : batch.ids()) {
                ids.add(id);
            }
            count += batch.size();
        }

        List<Features> features() {
            int[] labels =
                    ids.stream().mapToInt(id -> data.labels()[id.intValue()]).toArray();
            long[] numbers = ids.stream().mapToLong(Long::longValue).toArray();
            List<Features> all = new ArrayList<>();
            for (List<float[]> parts : layers) {
                int total = parts.stream().mapToInt(part -> part.length).sum();
                float[] values = new float[total];
                int at = 0;
                for (float[] part : parts) {
                    System.arraycopy(part, 0, values, at, part.length);
                    at += part.length;
                }
                all.add(new Features(Tensors.of(values, count, total / count), labels, numbers));
            }
            return all;
        }
    }
}
