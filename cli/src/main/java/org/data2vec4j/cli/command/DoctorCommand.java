package org.data2vec4j.cli.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.data2vec4j.cli.doctor.Doctor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code d2v doctor}: what this machine has, and whether training works on it. */
@Command(
        name = "doctor",
        description =
                "Check this machine: versions, libraries, device, speed, disk space, and ten updates of training.",
        footer = {
            "",
            "Prints one line per check, ok or FAILED; exit code 1 if one failed.",
            "",
            "Example: d2v doctor --device cuda"
        })
public final class DoctorCommand implements Callable<Integer> {
    @Option(
            names = "--device",
            paramLabel = "D",
            defaultValue = "auto",
            description = "auto, cpu, cuda or cuda:N (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init") // set by picocli
    String device;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    CommandSpec spec;

    /** Examines; 1 if something failed. */
    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        boolean well = new Doctor(device, Path.of("")).examine((name, finding) -> {
            out.println(finding.line(name));
            out.flush();
        });
        out.println(well ? "all checks passed" : "some checks failed, see the lines with FAILED");
        out.flush();
        return well ? 0 : 1;
    }
}
