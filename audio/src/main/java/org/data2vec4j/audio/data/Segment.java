package org.data2vec4j.audio.data;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import org.data2vec4j.audio.data.decode.AudioStream;
import org.data2vec4j.core.UserException;
import org.data2vec4j.data.text.TableRow;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a recording.
 *
 * @param start where it begins, in seconds
 * @param seconds how long it is; infinite for all that follows
 */
record Segment(double start, double seconds) {
    /** Lists round durations; what is nearer than this to the end of a recording is its end. */
    private static final double SLACK = 0.05;

    /** A piece by what a list says of it; null if it says nothing. */
    static @Nullable Segment of(TableRow row, @Nullable String start, @Nullable String seconds) {
        if (start == null && seconds == null) {
            return null;
        }
        double from = start == null ? 0 : number(row, "offset", start);
        double length = seconds == null ? Double.POSITIVE_INFINITY : number(row, "duration", seconds);
        if (from < 0 || (length <= 0 && start != null)) {
            throw new UserException(row.place() + ": the piece of " + length + " s from " + from
                    + " s on is none; allowed: an offset of 0 or more and a duration above 0");
        }
        return length <= 0 ? null : new Segment(from, length);
    }

    private static double number(TableRow row, String what, String text) {
        try {
            double value = Double.parseDouble(text.strip());
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new UserException(row.place() + ": the " + what + " is '" + text + "'; allowed: seconds", e);
        }
        throw new UserException(row.place() + ": the " + what + " is '" + text + "'; allowed: seconds");
    }

    /** Reads the piece. */
    float[] read(AudioStream stream) throws IOException {
        long first = Math.round(start * AudioStream.SAMPLE_RATE);
        long skipped = stream.skip(first);
        if (skipped < first) {
            throw beyond(skipped);
        }
        if (Double.isInfinite(seconds)) {
            return stream.readAll();
        }
        int wanted = (int) Math.min(Integer.MAX_VALUE - 8, Math.round(seconds * AudioStream.SAMPLE_RATE));
        int slack = (int) (SLACK * AudioStream.SAMPLE_RATE);
        float[] samples = stream.readUpTo((int) Math.min(Integer.MAX_VALUE - 8, wanted + (long) slack));
        if (samples.length < wanted - slack) {
            throw beyond(first + samples.length);
        }
        boolean rest = samples.length < wanted + slack; // ends with the recording, but for rounding
        return rest || samples.length <= wanted ? samples : Arrays.copyOf(samples, wanted);
    }

    /** How many samples the piece of a recording of this length has. */
    int length(long recording) throws IOException {
        long first = Math.round(start * AudioStream.SAMPLE_RATE);
        long left = recording - first;
        if (left <= 0) {
            throw beyond(recording);
        }
        if (Double.isInfinite(seconds)) {
            return (int) Math.min(Integer.MAX_VALUE - 8, left);
        }
        long wanted = Math.round(seconds * AudioStream.SAMPLE_RATE);
        int slack = (int) (SLACK * AudioStream.SAMPLE_RATE);
        if (left < wanted - slack) {
            throw beyond(recording);
        }
        return (int) (left < wanted + slack ? left : wanted);
    }

    private IOException beyond(long samples) {
        return new IOException(String.format(
                Locale.ROOT,
                "the piece %s lies beyond the recording's end at %.3f s",
                this,
                samples / (double) AudioStream.SAMPLE_RATE));
    }

    /** In seconds: {@code 0.5-1.25}, {@code 0.5-}. */
    @Override
    public String toString() {
        return plain(start) + "-" + (Double.isInfinite(seconds) ? "" : plain(start + seconds));
    }

    private static String plain(double value) {
        String text = String.format(Locale.ROOT, "%.3f", value);
        return text.replaceAll("\\.?0+$", "");
    }
}
