package org.data2vec4j.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.data2vec4j.tensor.distributed.Rendezvous;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A process of a run dies, hangs or fails. */
class RankFaultTest {
    private static final int WORLD = 3;

    @TempDir
    Path folder;

    private RankProcesses processes;

    @BeforeEach
    void prepare() {
        processes = new RankProcesses(folder);
    }

    @AfterEach
    void endAll() {
        processes.close();
    }

    @Test
    void aRankThatIsKilledEndsTheOthersAndTheSameCommandGoesOn() throws Exception {
        Path run = folder.resolve("run");
        processes.startAll(WORLD, run, 100_000);
        processes.awaitCheckpoint(run);
        processes.rank(1).destroyForcibly();
        processes.theOthersEnd(1, " has died");

        long reached = RankProcesses.updatesWithoutGap(run);
        processes.startAll(WORLD, run, (int) reached + 20);
        processes.allFinish();
        assertThat(processes.log("log-0")).contains("resuming from");
        assertThat(RankProcesses.updatesWithoutGap(run)).isEqualTo(reached + 20);
        RankProcesses.nothingIsAside(run);
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no SIGSTOP")
    void aRankThatHangsEndsTheOthers() throws Exception {
        for (int gone : new int[] {2, 0}) {
            Path run = folder.resolve("run-" + gone);
            processes.startAll(WORLD, run, 100_000);
            processes.awaitCheckpoint(run);
            Signals.send("STOP", processes.rank(gone));
            processes.theOthersEnd(gone, " has not been heard of for " + RankProcesses.TIMEOUT_SECONDS + " s");
        }
    }

    @Test
    void aRankThatFailsTellsTheOthersWhy() throws Exception {
        int port = Rendezvous.freePort("127.0.0.1");
        List<Process> started = new ArrayList<>();
        for (int rank = 0; rank < WORLD; rank++) {
            String data = rank == 0 ? folder.resolve("nothing").toString() : "synthetic:40";
            Process process = processes.start(
                    List.of(),
                    RankProcesses.words(folder.resolve("run"), "data=" + data),
                    "log-" + rank,
                    RankProcesses.variables(rank, WORLD, "127.0.0.1", port));
            started.add(process);
        }
        for (int rank = 0; rank < WORLD; rank++) {
            processes.ends(started.get(rank), 1, "log-" + rank);
        }
        assertThat(processes.lastLine(1)).contains("rank 0 of 3 has stopped: ", "nothing", "stops too");
        assertThat(folder.resolve("run/config.yaml")).doesNotExist();
    }
}
