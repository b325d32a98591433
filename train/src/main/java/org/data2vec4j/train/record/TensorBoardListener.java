package org.data2vec4j.train.record;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.data2vec4j.core.UserException;
import org.data2vec4j.train.listener.Metric;
import org.data2vec4j.train.listener.RunStart;
import org.data2vec4j.train.listener.TrainListener;
import org.data2vec4j.train.listener.UpdateReport;
import org.jspecify.annotations.Nullable;

/**
 * Writes each logged update and evaluation to a TensorBoard event file in the run directory, a new file per part of a run.
 *
 * <p>Every part opens with a session start: TensorBoard then forgets what older files hold from that step on, so that what a
 * killed run did after its last checkpoint is not drawn twice.
 */
public final class TensorBoardListener implements TrainListener {
    private static final String PREFIX = "events.out.tfevents.";

    private final Clock clock;
    private @Nullable Path file;
    private @Nullable OutputStream out;

    /** A listener that learns where to write from {@link #onStart}. */
    public TensorBoardListener() {
        this(Clock.systemUTC());
    }

    TensorBoardListener(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void onStart(RunStart start) {
        close();
        long seconds = Math.max(clock.millis() / 1000, newest(start.directory()));
        open(start.directory(), PREFIX + seconds + "." + host());
        write(EventRecord.version(now()));
        // TensorBoard purges steps >= the session's; the update that is resumed from stays
        write(EventRecord.sessionStart(now(), start.firstUpdate() == 0 ? 0 : start.firstUpdate() + 1));
    }

    @Override
    public void onUpdate(UpdateReport report) {
        if (!report.metrics().isEmpty()) {
            write(EventRecord.scalars(now(), report.update(), report.metrics()));
        }
    }

    @Override
    public void onEvaluation(long update, double elapsed, List<Metric> metrics) {
        write(EventRecord.scalars(now(), update, metrics));
    }

    @Override
    public void close() {
        if (out != null) {
            try {
                out.close();
            } catch (IOException e) {
                throw new UserException("cannot close " + file + ": " + e, e);
            } finally {
                out = null;
            }
        }
    }

    /** The seconds in the name of the newest file: files are read in the order of their names, also where the clock has gone back. */
    private static long newest(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("events\\.out\\.tfevents\\.\\d{1,11}\\..*"))
                    .mapToLong(
                            name -> Long.parseLong(name.substring(PREFIX.length(), name.indexOf('.', PREFIX.length()))))
                    .max()
                    .orElse(0);
        } catch (IOException e) {
            throw new UserException("cannot read " + directory + ": " + e, e);
        }
    }

    private void open(Path directory, String name) {
        Path path = directory.resolve(name);
        for (int part = 1; ; part++) {
            try {
                out = Files.newOutputStream(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                file = path;
                return;
            } catch (FileAlreadyExistsException e) { // two parts within a second
                path = directory.resolve(name + "." + part);
            } catch (IOException e) {
                throw new UserException("cannot open " + path + ": " + e, e);
            }
        }
    }

    private void write(byte[] record) {
        if (out == null) {
            throw new IllegalStateException("onStart was not called");
        }
        try {
            out.write(record);
        } catch (IOException e) {
            throw new UserException("cannot write " + file + ": " + e, e);
        }
    }

    private double now() {
        return clock.millis() / 1000.0;
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName().replaceAll("[^A-Za-z0-9._-]", "-");
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
