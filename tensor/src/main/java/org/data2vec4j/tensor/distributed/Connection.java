package org.data2vec4j.tensor.distributed;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;

/** A connection between process 0 and another, after they have met. */
final class Connection implements AutoCloseable {
    /** What is said over it. */
    sealed interface Message permits Beat, Fault, Leave {}

    /** A sign of life. */
    record Beat(long entered, boolean busy) implements Message {}

    /** Something has gone wrong. */
    record Fault(String line) implements Message {}

    /** The process ends, and all is well. */
    record Leave() implements Message {}

    private static final int LONGEST_LINE = 10_000; // writeUTF takes 65,535 bytes

    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;
    private volatile boolean left;
    private boolean leaving;

    Connection(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
        this.out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
    }

    Message read() throws IOException {
        byte kind = in.readByte();
        return switch (kind) {
            case 'B' -> new Beat(in.readLong(), in.readBoolean());
            case 'F' -> new Fault(in.readUTF());
            case 'L' -> new Leave();
            default -> throw new IOException("not a message of a run: " + kind);
        };
    }

    /**
     * Sends if it can; that the other end is gone is noticed by who reads. Nothing follows a {@link Leave}: what an ended process has
     * not read would take back what it has sent.
     */
    synchronized void send(Message message) {
        if (leaving) {
            return;
        }
        leaving = message instanceof Leave;
        try {
            if (message instanceof Beat beat) {
                out.writeByte('B');
                out.writeLong(beat.entered());
                out.writeBoolean(beat.busy());
            } else if (message instanceof Fault fault) {
                out.writeByte('F');
                out.writeUTF(fault.line()
                        .substring(0, Math.min(LONGEST_LINE, fault.line().length())));
            } else {
                out.writeByte('L');
            }
            out.flush();
        } catch (IOException e) {
            // the reader of this connection sees the same, and says it
        }
    }

    /** The other end sends nothing more. */
    void left() {
        left = true;
    }

    boolean hasLeft() {
        return left;
    }

    @Override
    public void close() {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            // it is closed already
        }
    }
}
