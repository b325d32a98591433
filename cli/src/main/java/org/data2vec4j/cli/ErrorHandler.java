package org.data2vec4j.cli;

import java.io.PrintWriter;
import java.nio.file.InvalidPathException;
import java.util.function.BooleanSupplier;
import org.data2vec4j.core.FileFailure;
import org.data2vec4j.core.UserException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** One line per error on the error stream, and the exit code that says whose it is. */
final class ErrorHandler implements IParameterExceptionHandler, IExecutionExceptionHandler {
    /** Exit code: the user can mend it, and the message says how. */
    static final int USER = 1;

    /** Exit code: the command line makes no sense. */
    static final int USAGE = 2;

    /** Exit code: a bug (EX_SOFTWARE). */
    static final int INTERNAL = 70;

    private final BooleanSupplier stacktrace;

    /** A handler that prints stack traces while the supplier says so. */
    ErrorHandler(BooleanSupplier stacktrace) {
        this.stacktrace = stacktrace;
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult result) {
        return report(failure, command.getErr());
    }

    @Override
    public int handleParseException(ParameterException failure, String[] arguments) {
        CommandLine command = failure.getCommandLine();
        PrintWriter err = command.getErr();
        if (failure.getCause() instanceof UserException refused) {
            return report(refused, err);
        }
        err.println("d2v: " + failure.getMessage());
        UnmatchedArgumentException.printSuggestions(failure, err);
        err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help' for what it takes.");
        return USAGE;
    }

    /** What the user can mend; null for a bug. Words of the command line that are no path are read in too many places to ask each. */
    private static @Nullable UserException told(Throwable failure) {
        if (failure instanceof UserException user) {
            return user;
        }
        return failure instanceof InvalidPathException path ? FileFailure.noPath(path.getInput(), path) : null;
    }

    /** Prints the failure; returns the exit code. */
    int report(Throwable failure, PrintWriter err) {
        UserException told = told(failure);
        boolean user = told != null;
        if (told != null) {
            err.println("d2v: " + told.getMessage());
        } else {
            String what = String.valueOf(failure).replaceAll("\\s*\\R\\s*", " ");
            err.println("d2v: internal error: " + what
                    + (stacktrace.getAsBoolean() ? "" : " (run with --stacktrace and report it)"));
        }
        if (stacktrace.getAsBoolean()) {
            failure.printStackTrace(err);
        }
        err.flush();
        return user ? USER : INTERNAL;
    }
}
