package org.data2vec4j.model.teacher;

import org.data2vec4j.model.encoder.EncoderConfig;
import org.data2vec4j.model.encoder.Padding;
import org.data2vec4j.model.mask.Layout;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.distributed.BatchStatistics;

/** How training targets are made from a teacher's passes over whole inputs. */
public final class Targets {
    private final TargetsConfig config;

    /** Targets by these settings. */
    public Targets(TargetsConfig config) {
        this.config = config;
    }

    /**
     * A sum of targets that looks at a teacher's blocks one by one, so that no block's output has to be kept.
     *
     * @param teacher the teacher's settings
     * @param layout of the inputs: padding that is to be excluded enters no normalisation
     * @param statistics over the shares of all processes
     */
    public TargetSum sum(EncoderConfig teacher, Layout layout, Device device, BatchStatistics statistics) {
        return new TargetSum(config, teacher, Padding.valid(layout, device), statistics);
    }
}
