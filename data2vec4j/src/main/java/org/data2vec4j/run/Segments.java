package org.data2vec4j.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.stream.Stream;
import org.data2vec4j.config.YamlWriter;
import org.data2vec4j.core.UserException;
import org.data2vec4j.tensor.Native;
import org.data2vec4j.version.Version;

/**
 * The folder {@code segments} of a run directory: one recipe, {@code 001.yaml} and so on, for each part of the run that one command
 * trained, with the command line, version, processor and date in its first lines. None is ever rewritten.
 */
final class Segments {
    private final Path folder;

    Segments(Path run) {
        this.folder = run.resolve("segments");
    }

    /**
     * Notes that a segment begins.
     *
     * @param update updates done before it
     * @param date when it begins
     */
    void begin(Record config, RunCommand command, long update, Instant date) {
        try {
            Files.createDirectories(folder);
            int number = newest() + 1;
            String text = comment("segment " + number + " of this run, from update " + update)
                    + comment("date: " + date.truncatedTo(ChronoUnit.SECONDS))
                    + comment("command: " + (command.line().isEmpty() ? "(a program)" : command.line()))
                    + comment("version: " + Version.number())
                    + comment("processor: " + Native.describe() + ", "
                            + Runtime.getRuntime().availableProcessors() + " cores, " + System.getProperty("os.name")
                            + " " + System.getProperty("os.arch") + ", Java " + Runtime.version())
                    + YamlWriter.write(config);
            Path aside = folder.resolve(".new.tmp");
            Files.writeString(aside, text);
            Files.move(aside, folder.resolve(String.format(Locale.ROOT, "%03d.yaml", number)));
        } catch (IOException e) {
            throw new UserException("cannot write to " + folder + ": " + e + "; choose another run=DIR", e);
        }
    }

    private int newest() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("\\d{1,9}\\.yaml"))
                    .mapToInt(name -> Integer.parseInt(name.substring(0, name.length() - ".yaml".length())))
                    .max()
                    .orElse(0);
        }
    }

    private static String comment(String text) {
        return "# " + text.replaceAll("\\p{Cntrl}", " ") + "\n";
    }
}
