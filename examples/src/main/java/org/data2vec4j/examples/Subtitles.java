package org.data2vec4j.examples;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import org.data2vec4j.Recognizer;

/** What is said in a recording and when, by a recogniser that {@code d2v finetune} made: a line for each word. */
public final class Subtitles {
    private Subtitles() {}

    /** {@code Subtitles RUN RECORDING}. */
    public static void main(String[] args) {
        run(Path.of(args[0]), Path.of(args[1]), System.out);
    }

    static void run(Path run, Path recording, PrintStream out) {
        try (Recognizer recogniser = Recognizer.open(run)) {
            Recognizer.Transcript transcript = recogniser.transcribe(recording);
            for (Recognizer.Word word : transcript.words()) {
                out.println(String.format(Locale.ROOT, "%7.2f to %7.2f  %s", word.start(), word.end(), word.text()));
            }
            out.println(transcript.text());
        }
    }
}
