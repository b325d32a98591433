package org.data2vec4j.evaluation.suite;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.data2vec4j.evaluation.health.Cka;
import org.data2vec4j.evaluation.health.Sphere;
import org.data2vec4j.evaluation.probe.FeatureView;
import org.data2vec4j.evaluation.probe.Features;
import org.data2vec4j.evaluation.probe.LabelSubset;
import org.data2vec4j.evaluation.probe.Pooling;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.model.method.FeatureDiagnostics;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.Tensors;
import org.data2vec4j.train.data.LabelledDataset;

/** The health of encoders' features on some test samples, the same for all, encoder by encoder. Holds plain arrays. */
final class HealthCheck {
    private static final long FIRST_VIEW = 101;
    private static final long SECOND_VIEW = 202;

    private final SuiteConfig config;
    private final LabelledDataset test;
    private final DType products;
    private final Device device;
    private final List<SuiteResult.LayerHealth> rows = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final List<float[]> layers = new ArrayList<>();
    private int samples;

    HealthCheck(SuiteConfig config, LabelledDataset test, DType products, Device device) {
        this.config = config;
        this.test = test;
        this.products = products;
        this.device = device;
    }

    void add(String subject, Encoder encoder, FrozenFeatures features) {
        double ofViews = viewAlignment(encoder);
        for (Map.Entry<FeatureView, Features> entry : features.views().entrySet()) {
            FeatureView view = entry.getKey();
            if (view.pooling() != Pooling.MEAN) {
                continue;
            }
            try (Scope scope = Scope.open()) {
                Features all = entry.getValue();
                Features some = all.select(LabelSubset.about(all.labels(), all.ids(), config.healthSamples(), 0));
                Tensor x_ND = some.features_ND();
                rows.add(new SuiteResult.LayerHealth(
                        subject,
                        view,
                        FeatureDiagnostics.effectiveRank(x_ND),
                        some.width(),
                        Sphere.uniformity(x_ND),
                        Sphere.classAlignment(x_ND, some.labels()),
                        view.layer() == FeatureView.LAST ? ofViews : Double.NaN));
                names.add(subject + " " + (view.layer() == FeatureView.LAST ? "last" : "" + view.layer()));
                layers.add(x_ND.toFloats());
                samples = some.size();
            }
        }
    }

    /** Of two augmented views of each sample, by the final features' mean; NaN where training changes nothing. */
    private double viewAlignment(Encoder encoder) {
        LabelledDataset first = test.augmented(FIRST_VIEW);
        LabelledDataset second = test.augmented(SECOND_VIEW);
        if (first == null || second == null) {
            return Double.NaN;
        }
        try (Scope scope = Scope.open()) {
            Features x = FrozenFeatures.of(encoder, first, device, products, Set.of(), 1)
                    .last();
            Features y = FrozenFeatures.of(encoder, second, device, products, Set.of(), 1)
                    .last();
            return Arrays.equals(x.ids(), y.ids()) ? Sphere.alignment(x.features_ND(), y.features_ND()) : Double.NaN;
        }
    }

    List<SuiteResult.LayerHealth> rows() {
        return rows;
    }

    SuiteResult.Likeness likeness() {
        if (samples < Cka.FEWEST) {
            return new SuiteResult.Likeness(List.of(), new double[0][0], samples);
        }
        try (Scope scope = Scope.open()) {
            List<Tensor> tensors = layers.stream()
                    .map(values -> Tensors.of(values, samples, values.length / samples))
                    .toList();
            return new SuiteResult.Likeness(names, Cka.matrix(tensors), samples);
        }
    }
}
