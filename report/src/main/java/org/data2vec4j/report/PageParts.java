package org.data2vec4j.report;

import java.util.List;

/**
 * What a modality adds to a run's page.
 *
 * @param evaluations tables of scores
 * @param masks samples under the masks that the student saw
 * @param sections further sections
 */
public record PageParts(List<EvaluationTable> evaluations, List<MaskFigure> masks, List<ReportSection> sections) {
    /** Nothing. */
    public static final PageParts NONE = new PageParts(List.of(), List.of(), List.of());
}
