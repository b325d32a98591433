package org.data2vec4j.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes with a network of their own each, joined by a cable that can be pulled. Linux, and the right to make networks. */
class DroppedNetworkTest {
    private static final String FIRST = "10.203.7.1";
    private static final String SECOND = "10.203.7.2";
    private static final int PORT = 29_500;

    @TempDir
    Path folder;

    private final List<String> made = new ArrayList<>();

    @AfterEach
    void remove() throws Exception {
        for (String name : made) {
            ip("netns", "del", name);
        }
    }

    /** What {@code ip} says if it fails; empty if it does its work. */
    private static String ip(String... words) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(words));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return process.waitFor() == 0 ? "" : said + " (code " + process.exitValue() + ")";
        } catch (IOException e) {
            return "no command ip: " + e.getMessage();
        }
    }

    private static void permitted(String... words) throws InterruptedException {
        String refused = ip(words);
        assumeTrue(
                refused.isEmpty(),
                () -> "networks cannot be made here: ip " + String.join(" ", words) + ": " + refused);
    }

    private static void done(String... words) throws InterruptedException {
        assertThat(ip(words)).as(String.join(" ", words)).isEmpty();
    }

    private String network(String which) throws InterruptedException {
        String name = "d2v-" + which + "-" + ProcessHandle.current().pid();
        permitted("netns", "add", name);
        made.add(name);
        permitted("netns", "exec", name, "true");
        return name;
    }

    private static void join(String one, String other) throws InterruptedException {
        permitted("-n", one, "link", "add", "cable", "type", "veth", "peer", "name", "cable", "netns", other);
        permitted("-n", one, "addr", "add", FIRST + "/24", "dev", "cable");
        permitted("-n", other, "addr", "add", SECOND + "/24", "dev", "cable");
        for (String network : List.of(one, other)) {
            permitted("-n", network, "link", "set", "lo", "up");
            permitted("-n", network, "link", "set", "cable", "up");
        }
    }

    @Test
    void bothEndInTimeAndTheRunGoesOnWhenTheNetworkIsBack() throws Exception {
        String one = network("a");
        String other = network("b");
        join(one, other);
        Path run = folder.resolve("run");
        List<List<String>> in = List.of(List.of("ip", "netns", "exec", one), List.of("ip", "netns", "exec", other));
        try (RankProcesses processes = new RankProcesses(folder)) {
            processes.startAll(in, run, 100_000, FIRST, PORT);
            processes.awaitCheckpoint(run);
            done("-n", other, "link", "set", "cable", "down");
            long pulled = System.nanoTime();
            String silence = " has not been heard of for " + RankProcesses.TIMEOUT_SECONDS + " s";
            processes.endsNaming(0, 1, silence);
            processes.endsNaming(1, 0, silence);
            assertThat((System.nanoTime() - pulled) / 1e9).isGreaterThan(RankProcesses.TIMEOUT_SECONDS - 1);

            done("-n", other, "link", "set", "cable", "up");
            long reached = RankProcesses.updatesWithoutGap(run);
            processes.startAll(in, run, (int) reached + 20, FIRST, PORT);
            processes.allFinish();
            assertThat(processes.log("log-0")).contains("resuming from");
            assertThat(RankProcesses.updatesWithoutGap(run)).isEqualTo(reached + 20);
            RankProcesses.nothingIsAside(run);
        }
    }
}
