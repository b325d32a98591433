package org.data2vec4j.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.data2vec4j.audio.recognition.RecognitionTask;
import org.data2vec4j.audio.recognition.TranscriptFile;
import org.data2vec4j.config.YamlWriter;
import org.data2vec4j.core.UserException;
import org.data2vec4j.evaluation.finetune.FineTuneConfig;
import org.data2vec4j.report.EvaluationRow;
import org.data2vec4j.report.EvaluationTable;
import org.data2vec4j.report.Fact;
import org.data2vec4j.report.ReportData;
import org.data2vec4j.report.ReportSection;
import org.data2vec4j.report.TranscriptSection;
import org.data2vec4j.train.checkpoint.CheckpointState;
import org.data2vec4j.train.checkpoint.Checkpoints;
import org.data2vec4j.train.record.MetricHistory;
import org.data2vec4j.train.record.MetricsFile;

/** What the page of a fine-tuning run shows: curves, scores, and transcripts where there are some. */
final class FineTuneReport {
    private static final String SCORES = "eval/";

    private final Path run;
    private final FineTuneConfig config;
    private final MetricHistory history;
    private final CheckpointState state;

    FineTuneReport(Path run) {
        this.run = run;
        this.config = RunDirectory.config(run, RunDirectory.CONFIG, FineTuneConfig.class);
        this.history = MetricsFile.read(run.resolve(MetricsFile.NAME));
        Checkpoints.Saved saved = new Checkpoints(run, 1).newest();
        if (saved == null) {
            throw new UserException(run + " has no checkpoint yet; go on with d2v finetune");
        }
        this.state = saved.state();
    }

    /** Whether a run directory is one of fine-tuning. */
    static boolean is(Path run) {
        return Files.isRegularFile(run.resolve(FineTuneRun.PRETRAIN));
    }

    ReportData data() {
        String subtitle = String.format(
                Locale.ROOT,
                "Fine-tuned on %s (%.0f %% of the labels) from the %s encoder of %s: %,d of %,d updates.",
                config.data(),
                100 * config.labelled(),
                config.weights().name().toLowerCase(Locale.ROOT),
                config.from(),
                state.update(),
                config.train().updates());
        return new ReportData(
                String.valueOf(run.getFileName()),
                subtitle,
                headline(),
                history,
                scores(),
                List.of(),
                List.of(),
                transcripts(),
                YamlWriter.write(config),
                List.of(),
                List.of(
                        Fact.of("command", "d2v finetune recipe=" + run + "/config.yaml"),
                        Fact.of("seed", "" + config.seed()),
                        Fact.of("data", config.data() + ", fingerprint " + state.dataFingerprint()),
                        Fact.of("data2vec4j", state.libraryVersion()),
                        Fact.of("native library", state.nativeVersion())));
    }

    private List<String> measured() {
        return history.names().stream()
                .filter(name -> name.startsWith(SCORES) && !name.startsWith(SCORES + "largest_share_"))
                .toList();
    }

    private static boolean isError(String name) {
        return name.startsWith(SCORES + "wer_") || name.startsWith(SCORES + "cer_");
    }

    private static String label(String name) {
        return name.substring(SCORES.length())
                .replaceFirst("^wer_", "word errors, ")
                .replaceFirst("^cer_", "character errors, ")
                .replace('_', ' ');
    }

    private List<Fact> headline() {
        return measured().stream()
                .filter(name -> !name.startsWith(SCORES + "cer_"))
                .limit(4)
                .map(name -> new Fact(label(name), String.format(Locale.ROOT, "%.1f %%", last(name)), ""))
                .toList();
    }

    private List<EvaluationTable> scores() {
        List<EvaluationRow> rows = measured().stream()
                .map(name -> new EvaluationRow(
                        label(name),
                        name,
                        List.of(last(name) / 100),
                        EvaluationRow.Scale.PERCENT,
                        isError(name) ? EvaluationRow.Better.LOWER : EvaluationRow.Better.HIGHER))
                .toList();
        return rows.isEmpty()
                ? List.of()
                : List.of(new EvaluationTable("On the test data", List.of("at the end"), rows, ""));
    }

    private double last(String name) {
        return history.last(name).orElse(Double.NaN);
    }

    private List<ReportSection> transcripts() {
        List<ReportSection> sections = new ArrayList<>();
        try (Stream<Path> files = Files.list(run)) {
            for (Path file : files.sorted().toList()) {
                String name = String.valueOf(file.getFileName());
                if (name.startsWith(RecognitionTask.TRANSCRIPTS) && name.endsWith(".tsv")) {
                    String set = name.substring(RecognitionTask.TRANSCRIPTS.length(), name.length() - 4);
                    sections.add(TranscriptSection.of(
                            set,
                            TranscriptFile.read(file).stream()
                                    .map(line -> new TranscriptSection.Line(
                                            line.name(), line.reference(), line.hypothesis()))
                                    .toList()));
                }
            }
        } catch (IOException e) {
            throw new UserException("cannot read " + run + ": " + e.getMessage(), e);
        }
        return sections;
    }
}
