package org.data2vec4j.cli.command;

import org.data2vec4j.evaluation.suite.Probe;
import picocli.CommandLine.Command;

/** {@code d2v knn}: weighted k-nearest-neighbour accuracy of a run's features. */
@Command(
        name = "knn",
        description = "Weighted k-NN accuracy of a run's frozen features, beside the untrained encoder and raw features"
                + " (pixels, log-mel, token counts).",
        footer = {
            "",
            "Examples:",
            "  d2v knn run=runs/photos",
            "  d2v knn run=runs/photos data=labelled/train test=labelled/test weights=teacher layer=5"
        })
public final class KnnCommand extends MeasureCommand {
    @Override
    Probe probe() {
        return Probe.KNN;
    }
}
