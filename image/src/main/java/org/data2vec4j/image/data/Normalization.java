package org.data2vec4j.image.data;

import java.util.List;
import org.data2vec4j.core.Check;

/** What turns samples in [0, 1] into inputs, per channel red, green, blue: {@code (sample - mean) / std}. */
public record Normalization(List<Double> mean, List<Double> std) {
    /** The statistics of ImageNet, which published image models expect. */
    public static final Normalization IMAGENET =
            new Normalization(List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225));

    /** From [0, 1] to [−1, 1]: for data of unknown statistics. */
    public static final Normalization GENERIC = new Normalization(List.of(0.5, 0.5, 0.5), List.of(0.5, 0.5, 0.5));

    /** Needs three means from 0 to 1 and three deviations above 0. */
    public Normalization {
        mean = List.copyOf(mean);
        std = List.copyOf(std);
        Check.setting(mean.size() == 3, "mean", "has " + mean.size() + " values; allowed: 3 (red, green, blue)");
        Check.setting(std.size() == 3, "std", "has " + std.size() + " values; allowed: 3 (red, green, blue)");
        mean.forEach(value -> Check.inRange("mean", value, 0, 1));
        std.forEach(value -> Check.positive("std", value));
    }
}
