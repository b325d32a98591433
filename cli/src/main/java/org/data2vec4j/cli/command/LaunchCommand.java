package org.data2vec4j.cli.command;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.data2vec4j.cli.launch.Launch;
import org.data2vec4j.core.Check;
import org.data2vec4j.core.UserException;
import org.data2vec4j.lab.bench.ExchangeBench;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code d2v launch}: several processes of one run on this machine. */
@Command(
        name = "launch",
        description = {
            "Run a command as several processes on this machine, which train one model together or time their communication.",
            "The recipe does not change: train.batch is divided between the processes."
        },
        footer = {
            "",
            "Example: d2v launch --nproc 2 -- pretrain recipe=image-tiny data=photos run=runs/photos",
            "Example: d2v launch --nproc 2 -- bench exchange",
            "",
            "On several machines, use a launcher that sets RANK, WORLD_SIZE, LOCAL_RANK, MASTER_ADDR and MASTER_PORT",
            "(torchrun-style launchers, Slurm, Kubernetes jobs): docs/scaling.md."
        })
public final class LaunchCommand implements Callable<Integer> {
    private static final int MOST = 4096;

    @Option(names = "--nproc", paramLabel = "N", required = true, description = "How many processes.")
    int count;

    @Option(
            names = "--grace",
            paramLabel = "S",
            defaultValue = "15",
            description =
                    "Seconds that the other processes may continue when one has failed (default: ${DEFAULT-VALUE}).")
    double grace;

    @Parameters(arity = "1..*", paramLabel = "COMMAND", description = "-- and a command of d2v.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    List<String> words;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    CommandSpec spec;

    /** Runs them; the exit code of the first that failed. */
    @Override
    public Integer call() {
        Check.inRange("--nproc", count, 1, MOST);
        Check.inRange("--grace", grace, 0, 86_400);
        boolean exchange = words.get(0).equals("bench") && words.contains(ExchangeBench.NAME);
        if (!words.get(0).equals("pretrain") && !exchange) {
            throw new UserException(
                    "d2v launch cannot run '" + words.get(0) + "' as several processes; allowed: pretrain, as in"
                            + " d2v launch --nproc 2 -- pretrain recipe=image-tiny, and bench exchange");
        }
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        return new Launch(count, words, out, err, Math.round(grace * 1000)).run();
    }
}
