package org.data2vec4j.tensor.distributed;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How processes find each other: process 0 listens on MASTER_ADDR and nowhere else, the others call until it answers, and when all
 * have come, everyone is let in. There is no secret in it: it is for networks whose machines trust each other.
 */
final class TcpRendezvous implements AutoCloseable {
    private static final long MAGIC = 0x6432763464697374L; // "d2v4dist"
    private static final int VERSION = 1;
    private static final long RETRY_MILLIS = 100;
    private static final int LARGEST_ADDRESS = 1 << 16;

    private final Rendezvous where;
    private final Map<Integer, Socket> peers;
    private final InetAddress own;

    private TcpRendezvous(Rendezvous where, Map<Integer, Socket> peers, InetAddress own) {
        this.where = where;
        this.peers = peers;
        this.own = own;
    }

    /**
     * Meets the others.
     *
     * @throws RankLostException naming who did not come within the timeout
     */
    static TcpRendezvous of(Rendezvous where) {
        return where.rank() == 0 ? host(where) : visit(where);
    }

    /** Connections by rank: to all others in process 0, to process 0 in the others. */
    Map<Integer, Socket> peers() {
        return peers;
    }

    /** The address by which this process reached the others; what it listens on later. */
    InetAddress own() {
        return own;
    }

    // ---- process 0 ----

    private static TcpRendezvous host(Rendezvous where) {
        Map<Integer, Socket> peers = new TreeMap<>();
        long end = System.nanoTime() + where.timeout().toNanos();
        try (ServerSocket server = new ServerSocket()) {
            InetAddress address = InetAddress.getByName(where.host());
            server.setReuseAddress(true);
            server.bind(new InetSocketAddress(address, where.port()), where.world());
            while (peers.size() < where.world() - 1) {
                long left = (end - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    throw refuse(peers, missing(where, peers));
                }
                server.setSoTimeout((int) left);
                try {
                    greet(where, server.accept(), peers, (int) left);
                } catch (SocketTimeoutException e) {
                    // the loop says who is missing
                }
            }
            for (Socket peer : peers.values()) {
                new DataOutputStream(peer.getOutputStream()).writeByte('W');
            }
            return new TcpRendezvous(where, peers, address);
        } catch (IOException e) {
            throw refuse(
                    peers,
                    "rank 0 cannot listen on MASTER_ADDR:MASTER_PORT " + where.place() + " (" + e.getMessage()
                            + "); choose a free port of this machine's own address");
        }
    }

    private static void greet(Rendezvous where, Socket caller, Map<Integer, Socket> peers, int millis) {
        try {
            caller.setTcpNoDelay(true);
            caller.setSoTimeout(Math.max(1, Math.min(millis, 5000)));
            DataInputStream in = new DataInputStream(caller.getInputStream());
            if (in.readLong() != MAGIC || in.readInt() != VERSION) {
                caller.close(); // somebody else's
                return;
            }
            int rank = in.readInt();
            int world = in.readInt();
            if (world != where.world() || rank < 1 || rank >= world || peers.containsKey(rank)) {
                String line = peers.containsKey(rank)
                        ? "two processes say that they are " + where.name(rank) + "; give each its own RANK"
                        : "a process says that it is rank " + rank + " of " + world + ", but rank 0 expects "
                                + where.world() + " processes; give all the same WORLD_SIZE";
                peers.put(-1, caller);
                throw refuse(peers, line);
            }
            caller.setSoTimeout(0);
            peers.put(rank, caller);
        } catch (IOException e) {
            try {
                caller.close(); // it came and went
            } catch (IOException again) {
                // nothing is lost
            }
        }
    }

    private static String missing(Rendezvous where, Map<Integer, Socket> peers) {
        String ranks = IntStream.range(1, where.world())
                .filter(rank -> !peers.containsKey(rank))
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(", "));
        return "rank " + ranks + " of " + where.world() + " did not connect to " + where.place() + " within "
                + where.timeout().toSeconds() + " s; see what it printed, and whether its machine reaches this address";
    }

    private static RankLostException refuse(Map<Integer, Socket> peers, String line) {
        for (Socket peer : peers.values()) {
            try (peer) {
                DataOutputStream out = new DataOutputStream(peer.getOutputStream());
                out.writeByte('X');
                out.writeUTF(line);
            } catch (IOException e) {
                // it is gone as well
            }
        }
        return new RankLostException(line);
    }

    // ---- the others ----

    private static TcpRendezvous visit(Rendezvous where) {
        long end = System.nanoTime() + where.timeout().toNanos();
        String reason = "no answer";
        while (System.nanoTime() < end) {
            Socket socket = new Socket();
            try {
                int left = (int) Math.max(1, (end - System.nanoTime()) / 1_000_000);
                socket.connect(new InetSocketAddress(InetAddress.getByName(where.host()), where.port()), left);
                return enter(where, socket, left);
            } catch (IOException e) {
                reason = e instanceof ConnectException ? "connection refused" : String.valueOf(e.getMessage());
                close(socket);
                pause();
            }
        }
        throw new RankLostException("rank 0 of " + where.world() + " is not there: " + where.name(where.rank())
                + " could not connect to MASTER_ADDR:MASTER_PORT " + where.place() + " within "
                + where.timeout().toSeconds() + " s (" + reason + "); see whether rank 0 runs, and on this address");
    }

    private static TcpRendezvous enter(Rendezvous where, Socket socket, int millis) throws IOException {
        socket.setTcpNoDelay(true);
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        out.writeLong(MAGIC);
        out.writeInt(VERSION);
        out.writeInt(where.rank());
        out.writeInt(where.world());
        socket.setSoTimeout(millis + 5000); // process 0 gives up first, and says who is missing
        DataInputStream in = new DataInputStream(socket.getInputStream());
        byte answer = in.readByte();
        if (answer == 'X') {
            String line = in.readUTF();
            close(socket);
            throw new RankLostException(line);
        }
        if (answer != 'W') {
            throw new IOException("what listens there is not a run of data2vec4j");
        }
        socket.setSoTimeout(0);
        return new TcpRendezvous(where, Map.of(0, socket), socket.getLocalAddress());
    }

    private static void pause() {
        try {
            Thread.sleep(RETRY_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // ---- all ----

    /** Gives every process's bytes to all, by rank. */
    byte[][] exchange(byte[] mine) {
        byte[][] all = new byte[where.world()][];
        all[where.rank()] = mine;
        int rank = 0;
        try {
            for (Map.Entry<Integer, Socket> peer : peers.entrySet()) {
                rank = peer.getKey();
                peer.getValue().setSoTimeout((int) where.timeout().toMillis());
                if (where.rank() != 0) {
                    write(peer.getValue(), mine);
                } else {
                    all[rank] = read(peer.getValue());
                }
            }
            for (Map.Entry<Integer, Socket> peer : peers.entrySet()) {
                rank = peer.getKey();
                for (int i = 0; i < where.world(); i++) {
                    if (where.rank() == 0) {
                        write(peer.getValue(), all[i]);
                    } else {
                        all[i] = read(peer.getValue());
                    }
                }
                peer.getValue().setSoTimeout(0);
            }
            return all;
        } catch (IOException e) {
            close();
            throw new RankLostException(
                    where.name(rank) + " was lost while the processes met (" + e.getMessage() + ")");
        }
    }

    private static void write(Socket socket, byte[] bytes) throws IOException {
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] read(Socket socket) throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        int length = in.readInt();
        if (length < 0 || length > LARGEST_ADDRESS) {
            throw new IOException("an address of " + length + " bytes");
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return bytes;
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it was not open
        }
    }

    @Override
    public void close() {
        peers.values().forEach(TcpRendezvous::close);
    }
}
