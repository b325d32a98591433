package org.data2vec4j.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.data2vec4j.evaluation.metric.EditAlignment;
import org.data2vec4j.evaluation.metric.ErrorRate;

/** What was said above what was understood, word by word, the utterances with the most errors first. */
public final class TranscriptSection {
    private static final int SHOWN = 40;
    private static final int CONFUSIONS = 12;

    private TranscriptSection() {}

    /** One utterance. */
    public record Line(String name, String reference, String hypothesis) {
        private EditAlignment alignment() {
            return EditAlignment.of(ErrorRate.wordsOf(reference), ErrorRate.wordsOf(hypothesis));
        }

        private double rate() {
            return ErrorRate.words(reference, hypothesis).rate();
        }
    }

    /**
     * The section of one test set.
     *
     * @param name the test set's
     */
    public static ReportSection of(String name, List<Line> lines) {
        ErrorRate total = lines.stream()
                .map(line -> ErrorRate.words(line.reference(), line.hypothesis()))
                .reduce(ErrorRate.NONE, ErrorRate::plus);
        String lead = String.format(
                Locale.ROOT,
                "%d of %d utterances have an error; %d substitutions, %d deletions and %d insertions over %d words.%s",
                total.wrong(),
                total.utterances(),
                total.substitutions(),
                total.deletions(),
                total.insertions(),
                total.reference(),
                lines.size() > SHOWN ? " The " + SHOWN + " worst are shown." : "");
        List<Line> worst = lines.stream()
                .sorted(Comparator.comparingDouble(Line::rate).reversed().thenComparing(Line::name))
                .limit(SHOWN)
                .toList();
        StringBuilder out = new StringBuilder(confusions(lines)).append("<div class=\"transcripts\">");
        worst.forEach(line -> utterance(out, line));
        return new ReportSection(
                "transcripts-" + name,
                "Transcripts of " + name,
                lead,
                out.append("</div>").toString());
    }

    private static String confusions(List<Line> lines) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (Line line : lines) {
            List<String> reference = ErrorRate.wordsOf(line.reference());
            List<String> hypothesis = ErrorRate.wordsOf(line.hypothesis());
            for (EditAlignment.Edit edit : line.alignment().edits()) {
                if (edit.op() != EditAlignment.Op.MATCH) {
                    counts.merge(
                            word(reference, edit, EditAlignment.Op.INSERTION) + " → "
                                    + word(hypothesis, edit, EditAlignment.Op.DELETION),
                            1,
                            Integer::sum);
                }
            }
        }
        List<String> most = counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .limit(CONFUSIONS)
                .map(entry -> entry.getKey() + " " + entry.getValue() + "×")
                .toList();
        return most.isEmpty() ? "" : Html.element("p", "note", "Most frequent: " + String.join(", ", most) + ".");
    }

    private static String word(List<String> words, EditAlignment.Edit edit, EditAlignment.Op absent) {
        boolean reference = absent == EditAlignment.Op.INSERTION;
        return edit.op() == absent ? "∅" : words.get(reference ? edit.reference() : edit.hypothesis());
    }

    private static void utterance(StringBuilder out, Line line) {
        List<String> reference = ErrorRate.wordsOf(line.reference());
        List<String> hypothesis = ErrorRate.wordsOf(line.hypothesis());
        List<String> above = new ArrayList<>();
        List<String> below = new ArrayList<>();
        for (EditAlignment.Edit edit : line.alignment().edits()) {
            boolean said = edit.op() != EditAlignment.Op.INSERTION;
            boolean understood = edit.op() != EditAlignment.Op.DELETION;
            String kind = edit.op().name().toLowerCase(Locale.ROOT);
            above.add(cell(kind, said ? reference.get(edit.reference()) : "∅"));
            below.add(cell(kind, understood ? hypothesis.get(edit.hypothesis()) : "∅"));
        }
        out.append("<div class=\"scroll\"><table class=\"aligned\"><caption>")
                .append(Html.escape(line.name()))
                .append("</caption><tbody><tr><th scope=\"row\">said</th>")
                .append(String.join("", above))
                .append("</tr><tr><th scope=\"row\">understood</th>")
                .append(String.join("", below))
                .append("</tr></tbody></table></div>");
    }

    private static String cell(String kind, String word) {
        return "<td class=\"" + kind + "\">" + Html.escape(word) + "</td>";
    }
}
