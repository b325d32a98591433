package org.data2vec4j.cli.command;

import org.data2vec4j.evaluation.suite.Probe;
import picocli.CommandLine.Command;

/** {@code d2v probe}: linear-probe accuracy of a run's features. */
@Command(
        name = "probe",
        description = "Linear-probe accuracy of a run's frozen features (ridge regression on standardised features),"
                + " beside the untrained encoder and raw features (pixels, log-mel, token counts).",
        footer = {
            "",
            "Examples:",
            "  d2v probe run=runs/photos",
            "  d2v probe run=runs/photos data=labelled/train test=labelled/test pool=cls"
        })
public final class ProbeCommand extends MeasureCommand {
    @Override
    Probe probe() {
        return Probe.LINEAR;
    }
}
