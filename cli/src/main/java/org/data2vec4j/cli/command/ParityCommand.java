package org.data2vec4j.cli.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.data2vec4j.interop.golden.GoldenCase;
import org.data2vec4j.interop.golden.GoldenResult;
import org.data2vec4j.interop.golden.Parity;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code d2v parity}: runs recorded cases of the reference implementations and compares. */
@Command(
        name = "parity",
        description = "Compare with recorded numbers of the reference implementation, one line per case.",
        footer = {
            "",
            "A case is a file NAME.safetensors beside NAME.json. Each line gives the largest relative error of outputs,",
            "gradients and the teacher's move (EMA), and of how many tensors. Exit code 1 if a case is over tolerance or of an",
            "unknown kind.",
            "",
            "Example: d2v parity interop/src/test/resources/golden"
        })
public final class ParityCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "DIR", description = "The folder with the cases.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    Path folder;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    CommandSpec spec;

    /** Runs every case; 1 if one failed. */
    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        List<GoldenCase> cases = GoldenCase.in(folder);
        int passed = 0;
        for (GoldenCase golden : cases) {
            GoldenResult result = Parity.run(golden);
            passed += result.passed() ? 1 : 0;
            out.println(result.line());
            out.flush();
        }
        out.println(passed + " of " + cases.size() + (cases.size() == 1 ? " case" : " cases") + " passed");
        out.flush();
        return passed == cases.size() ? 0 : 1;
    }
}
