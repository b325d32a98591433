package org.data2vec4j.cli.launch;

import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.data2vec4j.core.UserException;
import org.data2vec4j.tensor.distributed.Rendezvous;
import org.data2vec4j.train.record.ProgressStyle;

/**
 * Several processes of one command on this machine, which meet on a free port of the loopback address. The first one has the
 * terminal; without one, its lines are passed on, except Gloo's. Of the others, error lines are passed on with their rank before
 * them. When one fails, the others get a while to say what they have seen of it and are then ended, and the result is the exit code
 * of the one that failed first.
 */
public final class Launch {
    private static final String MAIN = "org.data2vec4j.cli.D2v";
    private static final String ADDRESS = "127.0.0.1";

    private final int count;
    private final List<String> words;
    private final PrintWriter out;
    private final PrintWriter err;
    private final long graceMillis;
    private final List<Process> processes = new ArrayList<>();
    private final List<Thread> readers = new ArrayList<>();

    /**
     * A launch of so many processes.
     *
     * @param words the command, without {@code d2v}
     * @param graceMillis how long the others may go on when one has failed
     */
    public Launch(int count, List<String> words, PrintWriter out, PrintWriter err, long graceMillis) {
        this.count = count;
        this.words = List.copyOf(words);
        this.out = out;
        this.err = err;
        this.graceMillis = graceMillis;
    }

    /** Starts them and waits for their end; 0 if all ended well. */
    public int run() {
        Thread hook = new Thread(this::passOn, "pass-on-signal");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            int port = Rendezvous.freePort(ADDRESS);
            for (int rank = 0; rank < count; rank++) {
                start(rank, port);
            }
            return await();
        } catch (IOException e) {
            throw new UserException("cannot start a process: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UserException("interrupted while processes were running", e);
        } finally {
            end();
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // the signal has come: the hook waits for the processes
            }
        }
    }

    private void start(int rank, int port) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command());
        Map<String, String> environment = builder.environment();
        environment.put("RANK", Integer.toString(rank));
        environment.put("LOCAL_RANK", Integer.toString(rank));
        environment.put("WORLD_SIZE", Integer.toString(count));
        environment.put("LOCAL_WORLD_SIZE", Integer.toString(count));
        environment.put("MASTER_ADDR", ADDRESS);
        environment.put("MASTER_PORT", Integer.toString(port));
        boolean relayed = rank == 0 && !ProgressStyle.detect().terminal();
        if (rank > 0) {
            builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
        } else {
            builder.inheritIO();
            builder.redirectOutput(relayed ? ProcessBuilder.Redirect.PIPE : ProcessBuilder.Redirect.INHERIT);
        }
        Process process = builder.start();
        processes.add(process);
        if (rank > 0) {
            read("errors-" + rank, () -> prefix(rank, process));
        } else if (relayed) {
            read("output", () -> relay(process));
        }
    }

    private void read(String name, Runnable work) {
        Thread reader = new Thread(work, name);
        reader.setDaemon(true);
        reader.start();
        readers.add(reader);
    }

    /** What is written for other programs is not to begin with what Gloo prints of itself. */
    private void relay(Process process) {
        process.inputReader(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.startsWith("[Gloo] "))
                .forEach(line -> {
                    out.println(line);
                    out.flush();
                });
    }

    private List<String> command() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (!option.startsWith("-javaagent") && !option.startsWith("-agentlib")) {
                command.add(option);
            }
        }
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(MAIN);
        command.addAll(words);
        return command;
    }

    private void prefix(int rank, Process process) {
        process.errorReader(StandardCharsets.UTF_8).lines().forEach(line -> {
            synchronized (err) {
                err.println("[rank " + rank + "] " + line);
                err.flush();
            }
        });
    }

    private int await() throws InterruptedException {
        int first = 0;
        long deadline = Long.MAX_VALUE;
        while (processes.stream().anyMatch(Process::isAlive)) {
            if (first == 0) {
                first = failed();
                deadline = first == 0 ? Long.MAX_VALUE : System.nanoTime() + graceMillis * 1_000_000;
            }
            if (System.nanoTime() > deadline) {
                end();
            }
            Thread.sleep(20);
        }
        finishReading();
        return first == 0 ? failed() : first;
    }

    /** Forcibly, since one that is stopped hears nothing else; by handles, which leave what was written to be read to its end. */
    private void end() {
        processes.forEach(process -> process.toHandle().destroyForcibly());
    }

    private int failed() {
        for (Process process : processes) {
            if (!process.isAlive() && process.exitValue() != 0) {
                return process.exitValue();
            }
        }
        return 0;
    }

    private void finishReading() throws InterruptedException {
        for (Thread reader : readers) {
            reader.join(TimeUnit.SECONDS.toMillis(2));
        }
    }

    /** A signal to this process is one to all. */
    private void passOn() {
        processes.forEach(process -> process.toHandle().destroy());
        try {
            for (Process process : processes) {
                process.waitFor();
            }
            finishReading();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
