package org.data2vec4j.tensor.distributed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.data2vec4j.core.UserException;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.Tensors;
import org.junit.jupiter.api.Test;

/** Ranks here are threads; that they are processes is tested where there is a command. */
class ProcessGroupTest {
    private interface Work {
        String in(ProcessGroup group) throws Exception;
    }

    private static Rendezvous at(int rank, int world, int port, double seconds) {
        return new Rendezvous(
                rank, world, rank, world, "127.0.0.1", port, Duration.ofMillis(Math.round(1000 * seconds)));
    }

    /** What each rank returns, or the message it fails with. */
    private static List<String> ranks(List<Rendezvous> places, Work work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(places.size());
        try {
            List<Callable<String>> calls = new ArrayList<>();
            for (Rendezvous where : places) {
                calls.add(() -> {
                    try (ProcessGroup group = GlooGroup.meet(where);
                            Scope scope = Scope.open()) {
                        return work.in(group);
                    } catch (UserException e) {
                        return e.getMessage();
                    }
                });
            }
            List<String> results = new ArrayList<>();
            for (Future<String> result : threads.invokeAll(calls)) {
                results.add(result.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    private static List<Rendezvous> world(int size, double seconds) throws IOException {
        int port = Rendezvous.freePort("127.0.0.1");
        List<Rendezvous> places = new ArrayList<>();
        for (int rank = 0; rank < size; rank++) {
            places.add(at(rank, size, port, seconds));
        }
        return places;
    }

    @Test
    void collectivesGiveEveryRankTheSame() throws Exception {
        assertThat(ranks(world(3, 30), group -> {
                    int rank = group.rank();
                    Tensor x = Tensors.of(new float[] {1, rank, 0.1f}, 3);
                    Tensor y = Tensors.zeros(DType.F32, Device.CPU, 1000).add(rank + 1);
                    ProcessGroup.Pending first = group.startAllReduce(x);
                    ProcessGroup.Pending second = group.startAllReduce(y);
                    second.await();
                    first.await();
                    assertThat(x.toFloats()).containsExactly(3, 3, 0.1f + 0.1f + 0.1f);
                    assertThat(y.toFloats()).containsOnly(6);
                    Tensor z = Tensors.of(new long[] {rank + 7}, 1);
                    group.broadcast(z, 2);
                    assertThat(z.toLongs()).containsExactly(9);
                    assertThat(group.allGather((long) rank * rank)).containsExactly(0, 1, 4);
                    assertThat(group.fromRankZero(0.1 + rank)).isEqualTo(0.1);
                    assertThat(group.allReduceSums(rank, 0.5)).containsExactly(3, 1.5);
                    assertThat(group.anyRank(rank == 1)).isTrue();
                    assertThat(group.anyRank(false)).isFalse();
                    return group.keepAlive(
                            () -> "rank " + rank + " of " + group.size() + (group.isRankZero() ? " leads" : ""));
                }))
                .containsExactly("rank 0 of 3 leads", "rank 1 of 3", "rank 2 of 3");
    }

    @Test
    void statisticsAreOverAllSharesThatCount() throws Exception {
        ranks(world(3, 30), group -> {
            BatchStatistics statistics = BatchStatistics.over(group, group.rank() != 1);
            assertThat(statistics.isDistributed()).isTrue();
            Tensor own = Tensors.of(new float[] {group.rank() == 1 ? Float.NaN : 2}, 1);
            assertThat(statistics.sum(own).item()).isEqualTo(4);
            assertThat(own.toFloats()[0]).as("unchanged").isNotEqualTo(4);
            assertThat(statistics.sums(10)).containsExactly(20);
            assertThat(statistics.max(group.rank())).isEqualTo(2);
            return "";
        });
        BatchStatistics single = BatchStatistics.over(ProcessGroup.single(), false);
        assertThat(single).isSameAs(BatchStatistics.single());
        assertThat(single.isDistributed()).isFalse();
        assertThat(single.sums(3)).containsExactly(3);
        assertThat(single.max(3)).isEqualTo(3);
    }

    @Test
    void whoDoesNotComeIsNamedByAllThatDid() throws Exception {
        int port = Rendezvous.freePort("127.0.0.1");
        List<String> lines = ranks(List.of(at(0, 4, port, 1), at(2, 4, port, 1)), group -> "met");
        assertThat(lines)
                .allSatisfy(line -> assertThat(line)
                        .contains("rank 1, 3 of 4 did not connect to 127.0.0.1:" + port + " within 1 s"));
        assertThat(ranks(List.of(at(1, 2, Rendezvous.freePort("127.0.0.1"), 0.5)), group -> "met")
                        .get(0))
                .contains("rank 0 of 2 is not there: rank 1 of 2 could not connect to MASTER_ADDR:MASTER_PORT")
                .contains("connection refused");
    }

    @Test
    void aStrangerIsPassedOverAndAContradictionRefused() throws Exception {
        int port = Rendezvous.freePort("127.0.0.1");
        Thread stranger = new Thread(() -> {
            for (int i = 0; i < 100; i++) {
                try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                    new DataOutputStream(socket.getOutputStream()).writeBytes("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
                    return;
                } catch (IOException e) {
                    Thread.onSpinWait();
                }
            }
        });
        stranger.start();
        assertThat(ranks(List.of(at(0, 2, port, 20), at(1, 2, port, 20)), group -> "met"))
                .containsOnly("met");
        stranger.join();
        int second = Rendezvous.freePort("127.0.0.1");
        assertThat(ranks(List.of(at(0, 3, second, 20), at(1, 3, second, 20), at(1, 3, second, 20)), group -> "met"))
                .allSatisfy(line -> assertThat(line).contains("two processes say that they are rank 1 of 3"));
        int third = Rendezvous.freePort("127.0.0.1");
        assertThat(ranks(List.of(at(0, 3, third, 20), at(1, 2, third, 20)), group -> "met"))
                .allSatisfy(line -> assertThat(line).contains("rank 1 of 2, but rank 0 expects 3 processes"));
    }

    @Test
    void aRankThatFailsIsNamedWithItsReason() throws Exception {
        List<String> lines = ranks(world(3, 20), group -> {
            if (group.rank() == 1) {
                group.fail("the disk is full");
                return "failed";
            }
            group.barrier();
            return "went on";
        });
        assertThat(lines.get(1)).isEqualTo("failed");
        assertThat(List.of(lines.get(0), lines.get(2)))
                .allSatisfy(line ->
                        assertThat(line).contains("rank 1 of 3 has stopped: the disk is full; this process (rank "));
    }

    @Test
    void aRankThatHasEndedIsNotWaitedFor() throws Exception {
        List<String> lines = ranks(world(2, 1), group -> {
            if (group.rank() == 0) {
                group.barrier();
            }
            return "ended";
        });
        assertThat(lines.get(0)).contains("rank 1 of 2 has ended while others waited for it", "stops too");
        assertThat(lines.get(1)).isEqualTo("ended");
    }

    @Test
    void aRankThatIsAliveAndDoesNotComeIsNamedAndOneThatIsBusyIsWaitedFor() throws Exception {
        List<String> lines = ranks(world(2, 0.3), group -> {
            if (group.rank() == 1) {
                group.keepAlive(() -> pause(3600)); // past the patience for those who say nothing
                group.barrier();
                pause(3600);
            }
            group.barrier();
            group.barrier();
            return "went on";
        });
        assertThat(lines.get(0)).contains("rank 1 of 2 is alive, but the others have waited for it for 3 s");
    }

    private static boolean pause(long millis) {
        try {
            Thread.sleep(millis);
            return true;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void theEnvironmentSaysWhereToMeet() {
        Duration timeout = Duration.ofSeconds(9);
        assertThat(Rendezvous.of(Map.of(), timeout)).isNull();
        assertThat(Rendezvous.of(Map.of("WORLD_SIZE", "1"), timeout)).isNull();
        Map<String, String> all = Map.of(
                "RANK",
                "3",
                "WORLD_SIZE",
                "8",
                "LOCAL_RANK",
                "1",
                "LOCAL_WORLD_SIZE",
                "2",
                "MASTER_ADDR",
                "host",
                "MASTER_PORT",
                "29500");
        assertThat(Rendezvous.of(all, timeout)).isEqualTo(new Rendezvous(3, 8, 1, 2, "host", 29_500, timeout));
        refused(all, "RANK", "8", "the variable RANK is 8; allowed: 0 to 7");
        refused(all, "WORLD_SIZE", "many", "the variable WORLD_SIZE is 'many'; allowed: a whole number");
        refused(all, "MASTER_PORT", "0", "the variable MASTER_PORT is 0; allowed: 1 to 65535");
        refused(all, "MASTER_ADDR", " ", "MASTER_ADDR is empty");
        refused(all, "LOCAL_WORLD_SIZE", "9", "LOCAL_WORLD_SIZE is 9; allowed: 1 to 8");
        for (String name : List.of("RANK", "MASTER_ADDR", "MASTER_PORT")) {
            refused(all, name, null, "WORLD_SIZE is set but " + name + " is not");
        }
    }

    private static void refused(Map<String, String> all, String name, String value, String message) {
        Map<String, String> changed = new HashMap<>(all);
        changed.remove(name);
        if (value != null) {
            changed.put(name, value);
        }
        assertThatThrownBy(() -> Rendezvous.of(changed, Duration.ofSeconds(1)))
                .isInstanceOf(UserException.class)
                .hasMessageContaining(message);
    }

    @Test
    void portsInUseAreRefused() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> GlooGroup.meet(at(0, 2, taken.getLocalPort(), 1)))
                    .isInstanceOf(UserException.class)
                    .hasMessageContaining("rank 0 cannot listen on MASTER_ADDR:MASTER_PORT 127.0.0.1:");
        }
    }
}
