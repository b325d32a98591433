package org.data2vec4j.cli.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.data2vec4j.Recognizer;
import org.data2vec4j.core.UserException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code d2v transcribe}: what is said in recordings of any format, rate and length. */
@Command(
        name = "transcribe",
        description = {
            "Transcribe recordings with a fine-tuned model.",
            "Reads any format that FFmpeg reads; long recordings are read in overlapping windows, in bounded memory."
        },
        footer = {
            "",
            "Examples:",
            "  d2v transcribe --run runs/recognition talk.mp3 interview.wav",
            "  d2v transcribe --run runs/recognition --lm words.arpa --lexicon words.txt talk.mp3"
        })
public final class TranscribeCommand implements Callable<Integer> {
    @Option(names = "--run", required = true, paramLabel = "DIR", description = "The fine-tuning run.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    Path run;

    @Option(
            names = "--window",
            defaultValue = "20",
            description = "Seconds that the model sees at a time; 20 unless given.")
    double window;

    @Option(
            names = "--overlap",
            defaultValue = "2",
            description = "Seconds of context at each end of a window; 2 unless given.")
    double overlap;

    @Option(names = "--times", description = "Print one line for each word, with its start and end in seconds.")
    boolean times;

    @Mixin
    DecodingOptions decoding = new DecodingOptions();

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Recordings.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    List<Path> files;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    CommandSpec spec;

    /** Prints {@code FILE<tab>TEXT}; a file that cannot be read is named, the others go on, and the exit code is 1. */
    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        int broken = 0;
        try (Recognizer recogniser = Recognizer.open(run, decoding.decoding(), window, overlap)) {
            for (Path file : files) {
                try {
                    print(out, file, recogniser.transcribe(file));
                } catch (UserException e) {
                    spec.commandLine().getErr().println("d2v: " + e.getMessage());
                    broken++;
                }
                out.flush();
            }
        }
        return broken == 0 ? 0 : 1;
    }

    private void print(PrintWriter out, Path file, Recognizer.Transcript transcript) {
        if (!times) {
            out.println(file + "\t" + transcript.text());
            return;
        }
        for (Recognizer.Word word : transcript.words()) {
            out.println(String.format(Locale.ROOT, "%s\t%.2f\t%.2f\t%s", file, word.start(), word.end(), word.text()));
        }
    }
}
