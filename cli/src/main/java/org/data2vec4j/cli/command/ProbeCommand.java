package org.data2vec4j.cli.command;

import org.data2vec4j.evaluation.probe.EvaluationResult;
import picocli.CommandLine.Command;

/** {@code d2v probe}: linear-probe accuracy of a run's features. */
@Command(
        name = "probe",
        description = "Linear-probe accuracy of a run's frozen features (ridge regression on standardised features),"
                + " beside its random self and raw pixels.",
        footer = {
            "",
            "Examples:",
            "  d2v probe run=runs/photos",
            "  d2v probe run=runs/photos data=labelled/train test=labelled/test pool=cls"
        })
public final class ProbeCommand extends MeasureCommand {
    @Override
    EvaluationResult.Metric metric() {
        return EvaluationResult.Metric.PROBE;
    }
}
