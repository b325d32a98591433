package org.data2vec4j.evaluation.suite;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.data2vec4j.core.UserException;
import org.data2vec4j.evaluation.probe.FeatureView;
import org.data2vec4j.evaluation.probe.Features;
import org.data2vec4j.evaluation.probe.Pooling;
import org.data2vec4j.evaluation.probe.TokenFeatures;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.model.encoder.Input;
import org.data2vec4j.model.encoder.OutputPooling;
import org.data2vec4j.model.mask.Layout;
import org.data2vec4j.tensor.Autocast;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.F;
import org.data2vec4j.tensor.Grad;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.Tensors;
import org.data2vec4j.train.data.LabelledDataset;

/**
 * What an encoder makes of samples, nothing masked, dropout off: the output of each block and the final features, the mean over positions
 * and, where there is one, the CLS token; and of some samples every final token. Padding has no part in any of them. {@link Features#ids}
 * are indices into the samples.
 *
 * @param views by layer and pooling: the blocks, pre-net first, then the last
 * @param tokens of the samples asked for
 */
public record FrozenFeatures(Map<FeatureView, Features> views, TokenFeatures tokens) {
    /** The mean of the final features. */
    public Features last() {
        return view(FeatureView.DEFAULT);
    }

    /** The features of a view that was looked at. */
    public Features view(FeatureView view) {
        Features features = views.get(view);
        if (features == null) {
            throw new IllegalArgumentException(view + " was not looked at");
        }
        return features;
    }

    /**
     * All of it, in the scope open now.
     *
     * @param products element type of products
     * @param tokensOf the samples whose tokens are kept
     * @param tokens the most of each that are kept; runs of neighbours are averaged
     * @throws UserException if a feature is not finite
     */
    public static FrozenFeatures of(
            Encoder encoder,
            LabelledDataset samples,
            Device device,
            DType products,
            Set<Integer> tokensOf,
            int tokens) {
        return of(encoder, samples, device, products, view -> true, tokensOf, tokens);
    }

    /**
     * The features of some views alone, without tokens, in the scope open now.
     *
     * @param products element type of products
     * @throws UserException if the encoder does not have one of the views, or a feature is not finite
     */
    public static FrozenFeatures of(
            Encoder encoder, LabelledDataset samples, Device device, DType products, List<FeatureView> views) {
        views.forEach(view -> view.check(encoder.config()));
        return of(encoder, samples, device, products, views::contains, Set.of(), 1);
    }

    private static FrozenFeatures of(
            Encoder encoder,
            LabelledDataset samples,
            Device device,
            DType products,
            Predicate<FeatureView> wanted,
            Set<Integer> tokensOf,
            int tokens) {
        Collector collector = new Collector(
                encoder,
                samples,
                wanted,
                new TokenBuffer(tokens, encoder.config().width()),
                tokensOf);
        boolean training = encoder.training();
        encoder.train(false);
        try {
            samples.forEachBatch(
                    device,
                    input -> Grad.noGrad(() -> Autocast.with(products, () -> {
                        for (Input slice : encoder.slices(input)) {
                            try (Scope scope = Scope.open()) {
                                collector.add(slice);
                            }
                        }
                        return Boolean.TRUE;
                    })));
        } finally {
            encoder.train(training);
        }
        return collector.features();
    }

    /** The features of samples that nothing was learned for, in the scope open now. */
    public static Features baseline(LabelledDataset samples) {
        List<float[]> parts = new ArrayList<>();
        List<Long> ids = new ArrayList<>();
        samples.forEachBatch(Device.CPU, batch -> {
            parts.add(samples.baselineFeatures(batch).toFloats());
            for (long id : batch.ids()) {
                ids.add(id);
            }
        });
        return features(samples, ids, parts);
    }

    private static Features features(LabelledDataset samples, List<Long> ids, List<float[]> parts) {
        if (ids.isEmpty()) {
            throw new UserException("none of the " + samples.size() + " labelled samples can be read");
        }
        int width = parts.stream().mapToInt(part -> part.length).sum() / ids.size();
        Tensor features_ND = Tensors.empty(DType.F32, Device.CPU, ids.size(), width);
        int row = 0;
        for (float[] part : parts) {
            try (Scope scope = Scope.open()) {
                int rows = part.length / width;
                features_ND.narrow(0, row, rows).copy_(Tensors.of(part, rows, width));
                row += rows;
            }
        }
        return new Features(
                features_ND,
                ids.stream().mapToInt(id -> samples.label(id.intValue())).toArray(),
                ids.stream().mapToLong(Long::longValue).toArray());
    }

    /** Gathers batch by batch, in plain arrays. */
    private static final class Collector {
        private final Encoder encoder;
        private final LabelledDataset samples;
        private final Predicate<FeatureView> wanted;
        private final TokenBuffer tokens;
        private final Set<Integer> tokensOf;
        private final Map<FeatureView, List<float[]>> rows = new LinkedHashMap<>();
        private final List<Long> ids = new ArrayList<>();

        Collector(
                Encoder encoder,
                LabelledDataset samples,
                Predicate<FeatureView> wanted,
                TokenBuffer tokens,
                Set<Integer> tokensOf) {
            this.encoder = encoder;
            this.samples = samples;
            this.wanted = wanted;
            this.tokens = tokens;
            this.tokensOf = tokensOf;
        }

        void add(Input input) {
            Layout layout = encoder.featureEncoder().layout(input);
            int extra = encoder.config().extraTokens();
            Tensor features_BSD =
                    encoder.forward(input, (layer, block) -> add(layer, block.tokens_BTD(), extra, layout));
            FeatureView mean = new FeatureView(FeatureView.LAST, Pooling.MEAN);
            if (encoder.config().pooling() == OutputPooling.NORMED_MEAN && wanted.test(mean)) {
                put(mean, encoder.pooled(features_BSD, layout));
            } else {
                add(FeatureView.LAST, features_BSD, extra, layout);
            }
            addTokens(input, layout, Encoder.withoutExtra(features_BSD, extra));
            for (long id : input.ids()) {
                ids.add(id);
            }
        }

        private void add(int layer, Tensor all_BSD, int extra, Layout layout) {
            FeatureView mean = new FeatureView(layer, Pooling.MEAN);
            FeatureView cls = new FeatureView(layer, Pooling.CLS);
            try (Scope scope = Scope.open()) {
                if (wanted.test(mean)) {
                    put(mean, Encoder.mean(all_BSD, extra, layout));
                }
                if (extra > 0 && wanted.test(cls)) {
                    put(cls, all_BSD.select(1, extra - 1L).to(DType.F32));
                }
            }
        }

        private void put(FeatureView view, Tensor x_BD) {
            if (!F.allFinite(x_BD)) {
                throw new UserException("the encoder's features are not all finite: its weights are damaged, or its"
                        + " precision is too low");
            }
            rows.computeIfAbsent(view, v -> new ArrayList<>()).add(x_BD.toFloats());
        }

        private void addTokens(Input input, Layout layout, Tensor features_BTD) {
            int width = encoder.config().width();
            int positions = layout.grid().size();
            float[] values = null;
            for (int i = 0; i < input.ids().length; i++) {
                int index = (int) input.ids()[i];
                if (tokensOf.contains(index)) {
                    values = values == null ? features_BTD.toFloats() : values;
                    tokens.add(values, i * positions * width, layout.length(i), samples.label(index), index);
                }
            }
        }

        FrozenFeatures features() {
            Map<FeatureView, Features> views = new LinkedHashMap<>();
            rows.forEach((view, parts) -> views.put(view, FrozenFeatures.features(samples, ids, parts)));
            return new FrozenFeatures(views, tokens.tokens());
        }
    }
}
