package org.data2vec4j.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.data2vec4j.cli.command.AblateCommand;
import org.data2vec4j.cli.command.BenchCommand;
import org.data2vec4j.cli.command.ClassifyCommand;
import org.data2vec4j.cli.command.CompareCommand;
import org.data2vec4j.cli.command.CurateCommand;
import org.data2vec4j.cli.command.DoctorCommand;
import org.data2vec4j.cli.command.EmbedCommand;
import org.data2vec4j.cli.command.EvaluateCommand;
import org.data2vec4j.cli.command.ExportCommand;
import org.data2vec4j.cli.command.FinetuneCommand;
import org.data2vec4j.cli.command.ImportCommand;
import org.data2vec4j.cli.command.IndexCommand;
import org.data2vec4j.cli.command.KnnCommand;
import org.data2vec4j.cli.command.LaunchCommand;
import org.data2vec4j.cli.command.LmCommand;
import org.data2vec4j.cli.command.ParityCommand;
import org.data2vec4j.cli.command.PretrainCommand;
import org.data2vec4j.cli.command.ProbeCommand;
import org.data2vec4j.cli.command.QuickstartCommand;
import org.data2vec4j.cli.command.RaceCommand;
import org.data2vec4j.cli.command.RecipesCommand;
import org.data2vec4j.cli.command.ReportCommand;
import org.data2vec4j.cli.command.ScaleCommand;
import org.data2vec4j.cli.command.SearchCommand;
import org.data2vec4j.cli.command.ServeCommand;
import org.data2vec4j.cli.command.TokenizerCommand;
import org.data2vec4j.cli.command.TranscribeCommand;
import org.data2vec4j.cli.command.WerCommand;
import org.data2vec4j.cli.terminal.PrintableWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command {@code d2v}. A new sub-command is one more class in the list below. */
@Command(
        name = "d2v",
        description = "Self-supervised pre-training for images, speech and text.",
        versionProvider = VersionText.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Exit codes: 0 success, 1 an error that you can correct (one line says which), 2 wrong usage, 70 a bug in d2v.",
            "Java options: D2V_JAVA_OPTS, for example D2V_JAVA_OPTS=-Xmx8g"
        },
        subcommands = {
            QuickstartCommand.class,
            PretrainCommand.class,
            LaunchCommand.class,
            ScaleCommand.class,
            FinetuneCommand.class,
            TranscribeCommand.class,
            ClassifyCommand.class,
            WerCommand.class,
            LmCommand.class,
            KnnCommand.class,
            ProbeCommand.class,
            EvaluateCommand.class,
            CompareCommand.class,
            AblateCommand.class,
            RaceCommand.class,
            ReportCommand.class,
            EmbedCommand.class,
            IndexCommand.class,
            SearchCommand.class,
            CurateCommand.class,
            ServeCommand.class,
            ImportCommand.class,
            ExportCommand.class,
            RecipesCommand.class,
            TokenizerCommand.class,
            BenchCommand.class,
            ParityCommand.class,
            DoctorCommand.class
        })
public final class D2v implements Callable<Integer> {
    /** Whether errors print their stack trace; any sub-command takes the option too. */
    @Option(names = "--stacktrace", scope = ScopeType.INHERIT, description = "Print the stack trace of an error.")
    boolean stacktrace;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help and exit.")
    boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version and exit.")
    boolean version;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    CommandSpec spec;

    /** The graph's library logs which vector instructions it found. Held, since the JDK forgets the levels of loggers that nobody holds. */
    private static final Logger GRAPH_LIBRARY = Logger.getLogger("io.github.jbellis.jvector");

    /** Runs the command line and ends the JVM with its exit code. */
    public static void main(String[] arguments) {
        GRAPH_LIBRARY.setLevel(Level.SEVERE);
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        int code = run(arguments, out, err);
        out.flush();
        err.flush();
        System.exit(code);
    }

    /** Runs the command line and returns its exit code: 0 done, 1 the user can mend it, 2 wrong usage, 70 a bug. */
    public static int run(String[] arguments, PrintWriter out, PrintWriter err) {
        D2v root = new D2v();
        ErrorHandler errors = new ErrorHandler(() -> root.stacktrace);
        PrintWriter printedErr = new PrintWriter(new PrintableWriter(err), true);
        CommandLine line = new CommandLine(root)
                .setOut(new PrintWriter(new PrintableWriter(out), true))
                .setErr(printedErr)
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
                .setUsageHelpAutoWidth(true)
                .setParameterExceptionHandler(errors)
                .setExecutionExceptionHandler(errors);
        try {
            return line.execute(arguments);
        } catch (Error e) { // picocli handles exceptions only: out of memory, a missing native library
            return errors.report(e, printedErr);
        }
    }

    /** Without a sub-command: shows what there is. */
    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return ErrorHandler.USAGE;
    }
}
