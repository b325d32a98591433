package org.data2vec4j.text.page;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.data2vec4j.data.LoaderPosition;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.model.encoder.Input;
import org.data2vec4j.model.mask.Layout;
import org.data2vec4j.model.mask.MaskBatch;
import org.data2vec4j.model.method.data2vec2.Data2Vec2;
import org.data2vec4j.model.method.data2vec2.Data2Vec2Config;
import org.data2vec4j.report.EvaluationRow;
import org.data2vec4j.report.EvaluationTable;
import org.data2vec4j.report.PageRequest;
import org.data2vec4j.report.ReportSection;
import org.data2vec4j.report.TextSection;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.text.TextDataset;
import org.data2vec4j.text.TextModality;
import org.data2vec4j.text.data.TextBatch;
import org.data2vec4j.text.eval.MaskedPredictions;
import org.data2vec4j.text.eval.Passages;
import org.data2vec4j.text.eval.TextNeighbours;
import org.data2vec4j.text.tokenizer.BpeTokenizer;

/** Texts of a run's data on its page. */
final class ShownTexts {
    private static final int PASSAGES = 600;
    private static final int LENGTH = 32;
    private static final int QUERIES = 6;
    private static final int TOP = 4;
    private static final int CONTEXT = 7;
    private static final int SAMPLES = 3;
    private static final int SHOWN = 64;

    private final PageRequest run;
    private final TextModality text;
    private final TextDataset data;
    private final BpeTokenizer tokenizer;

    ShownTexts(PageRequest run) {
        this.run = run;
        this.text = (TextModality) run.config().modality();
        this.data = (TextDataset) run.data();
        this.tokenizer = text.tokenizer(run.folder());
    }

    /** How well the student fills masks, where the method has a teacher. */
    List<EvaluationTable> evaluations() {
        if (!(run.method() instanceof Data2Vec2 method)
                || !(run.config().method() instanceof Data2Vec2Config settings)) {
            return List.of();
        }
        MaskedPredictions filled;
        try (Scope scope = Scope.open()) {
            filled = MaskedPredictions.of(
                    method,
                    settings.mask(),
                    text.convert(batch(), run.device()),
                    run.config().seed(),
                    run.update(),
                    run.products());
        }
        return List.of(new EvaluationTable(
                "Masked tokens",
                List.of("at its place", "elsewhere"),
                List.of(
                        EvaluationRow.accuracy(
                                "variance explained beyond position", "", List.of(filled.beyondPosition(), Double.NaN)),
                        EvaluationRow.accuracy("variance explained", "", List.of(filled.explained(), Double.NaN)),
                        new EvaluationRow(
                                "cosine of prediction and target",
                                "",
                                List.of(filled.cosine(), filled.otherCosine()),
                                EvaluationRow.Scale.PLAIN,
                                EvaluationRow.Better.HIGHER),
                        EvaluationRow.accuracy(
                                "own target the nearest of all", "", List.of(filled.found(), 1.0 / filled.places()))),
                filled.places() + " masked tokens of the training text, each predicted from what was visible around it."
                        + " Beyond position: of the variance of targets at the same position, so that knowing the place"
                        + " alone is worth nothing."
                        + " Elsewhere: the same prediction beside another token's target, and chance."));
    }

    /** Sections of the page. */
    List<ReportSection> sections() {
        List<ReportSection> sections = new ArrayList<>();
        if (run.config().method() instanceof Data2Vec2Config settings) {
            sections.add(TextSection.masked(
                    "masked-text",
                    "What the student saw",
                    "The marked tokens are hidden from the student, which predicts there what the teacher makes of the whole"
                            + " text. One of " + settings.clones() + " masked clones of each text.",
                    masked(settings)));
        }
        Passages passages =
                new Passages(data.samples(), tokenizer.specials(), PASSAGES, Math.min(LENGTH, text.length() - 2));
        if (passages.count() > TOP) {
            TextNeighbours neighbours = new TextNeighbours(passages, text, run.products(), run.device());
            Encoder last = run.method().encoders().teacher();
            sections.add(TextSection.nearest(
                    "near-tokens",
                    "Nearest tokens",
                    "A token in its passage, and the nearest different tokens in other passages, by cosine similarity of final"
                            + " features.",
                    rows(
                            passages,
                            neighbours.ofTokens(last, this::isWord, run.config().seed(), QUERIES, TOP))));
            sections.add(TextSection.nearest(
                    "near-passages",
                    "Nearest passages",
                    "By cosine similarity of the mean of their tokens' final features, among " + passages.count()
                            + " passages.",
                    rows(passages, neighbours.ofPassages(last, QUERIES, TOP))));
        }
        return sections;
    }

    private TextBatch batch() {
        return data.loader(LoaderPosition.START, warning -> {}).next();
    }

    private List<List<TextSection.Piece>> masked(Data2Vec2Config settings) {
        TextBatch batch = batch();
        List<List<TextSection.Piece>> texts = new ArrayList<>();
        try (Scope scope = Scope.open()) {
            Input input = text.convert(batch, run.device());
            Layout layout = run.method().encoders().preferred().featureEncoder().layout(input);
            MaskBatch masks =
                    MaskBatch.draw(settings.mask(), layout, run.config().seed(), run.update(), batch.ids(), 1);
            for (int row = 0; row < Math.min(SAMPLES, batch.size()); row++) {
                texts.add(pieces(batch, masks, row));
            }
        }
        return texts;
    }

    /** Neighbouring tokens of one kind together, so that characters of several tokens are whole. */
    private List<TextSection.Piece> pieces(TextBatch batch, MaskBatch masks, int row) {
        List<TextSection.Piece> pieces = new ArrayList<>();
        int end = Math.min(batch.lengths()[row], SHOWN);
        int from = 1;
        for (int at = 2; at <= end; at++) {
            if (at == end || masks.masked(row, at) != masks.masked(row, from)) {
                int start = row * batch.width();
                pieces.add(new TextSection.Piece(
                        tokenizer.decodeText(Arrays.copyOfRange(batch.tokens(), start + from, start + at)),
                        masks.masked(row, from)));
                from = at;
            }
        }
        return pieces;
    }

    private List<TextSection.Row> rows(Passages passages, List<TextNeighbours.Query> queries) {
        return queries.stream()
                .map(query -> new TextSection.Row(
                        place(passages, query.place()),
                        query.nearest().stream()
                                .map(near -> new TextSection.Neighbour(place(passages, near), near.similarity()))
                                .toList()))
                .toList();
    }

    private List<TextSection.Piece> place(Passages passages, TextNeighbours.Place place) {
        int[] tokens = passages.tokens(place.passage());
        int token = place.token();
        if (token < 0) {
            return List.of(new TextSection.Piece(tokenizer.decodeText(tokens), false));
        }
        return List.of(
                new TextSection.Piece(
                        tokenizer.decodeText(Arrays.copyOfRange(tokens, Math.max(0, token - CONTEXT), token)), false),
                new TextSection.Piece(tokenizer.decodeText(tokens[token]), true),
                new TextSection.Piece(
                        tokenizer.decodeText(
                                Arrays.copyOfRange(tokens, token + 1, Math.min(tokens.length, token + 1 + CONTEXT))),
                        false));
    }

    /** Tokens that are words or begin them, so that punctuation does not fill the page. */
    private boolean isWord(int token) {
        return tokenizer.decodeText(token).matches(" \\p{L}{3,}");
    }
}
