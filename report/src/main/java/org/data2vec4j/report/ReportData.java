package org.data2vec4j.report;

import java.util.List;
import org.data2vec4j.train.record.MetricHistory;

/**
 * Everything a page shows; any list may be empty, its section is then left out.
 *
 * @param title the run's name
 * @param subtitle one sentence: method, data, length
 * @param headline the few numbers to remember
 * @param history the run's metrics
 * @param evaluations final scores beside their baselines
 * @param masks samples with their masked clones
 * @param neighbours samples with their nearest neighbours
 * @param sections parts of its own that this kind of run has
 * @param configYaml the resolved config; may be empty
 * @param notes things to know when reading, a sentence each
 * @param provenance versions, seed, data fingerprint, command
 */
public record ReportData(
        String title,
        String subtitle,
        List<Fact> headline,
        MetricHistory history,
        List<EvaluationTable> evaluations,
        List<MaskFigure> masks,
        List<NeighbourFigure> neighbours,
        List<ReportSection> sections,
        String configYaml,
        List<String> notes,
        List<Fact> provenance) {
    /** Copies the lists. */
    public ReportData {
        headline = List.copyOf(headline);
        evaluations = List.copyOf(evaluations);
        masks = List.copyOf(masks);
        neighbours = List.copyOf(neighbours);
        sections = List.copyOf(sections);
        notes = List.copyOf(notes);
        provenance = List.copyOf(provenance);
    }
}
