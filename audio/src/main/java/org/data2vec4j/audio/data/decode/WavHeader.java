package org.data2vec4j.audio.data.decode;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.data2vec4j.data.ffmpeg.ByteSource;
import org.jspecify.annotations.Nullable;

/**
 * What a RIFF or RF64 file says of its samples: where they are, how many frames of how many channels, and in what format.
 *
 * <p>A data chunk that promises more bytes than the file holds is an error, for half a recording would pass for a whole one.
 * Sizes that a program writes when it cannot know better (all bits set, or 0 in a file that goes on past what the header says)
 * mean "to the end of the file". Bytes after the last whole frame are left out. Codecs other than linear PCM and IEEE floats give
 * null: they are FFmpeg's.
 */
record WavHeader(SampleFormat format, int channels, int sampleRate, long dataAt, long frames) {
    private static final int PCM = 1;
    private static final int FLOAT = 3;
    private static final int EXTENSIBLE = 0xFFFE;
    private static final long UNKNOWN = 0xFFFFFFFFL;
    private static final long STREAMED =
            0x7FFFF000L; // what sox, arecord and ffmpeg write into a pipe is at or above this

    static boolean isWav(ByteSource source) throws IOException {
        byte[] head = new byte[12];
        return source.readFully(0, head, 0, 12) == 12
                && (text(head, 0).equals("RIFF") || text(head, 0).equals("RF64"))
                && text(head, 8).equals("WAVE");
    }

    /** Reads a header that {@link #isWav}; null if the samples are coded in a way that is not ours to read. */
    static @Nullable WavHeader read(ByteSource source) throws IOException {
        long end = source.size();
        ByteBuffer head = bytes(source, 0, 12);
        long riffEnd = (head.getInt(4) & UNKNOWN) + 8;
        long longDataSize = -1;
        Coding coding = null;
        long at = 12;
        while (at + 8 <= end) {
            ByteBuffer chunk = bytes(source, at, 8);
            long size = chunk.getInt(4) & UNKNOWN;
            long body = at + 8;
            byte[] name = new byte[4];
            chunk.get(0, name);
            switch (text(name, 0)) {
                case "ds64" -> longDataSize = bytes(source, body, 16).getLong(8);
                case "fmt " -> coding = Coding.read(source, body, size);
                case "data" -> {
                    if (coding == null) {
                        throw new IOException("the WAV file has no fmt chunk before its data chunk");
                    }
                    if (coding.format == null) {
                        return null;
                    }
                    long promised = size == UNKNOWN && longDataSize >= 0 ? longDataSize : size;
                    return of(coding, coding.format, body, dataBytes(promised, end - body, riffEnd < end));
                }
                default -> {}
            }
            at = body + size + (size & 1); // chunks begin at even places
        }
        throw new IOException(
                coding == null
                        ? "the WAV file is cut off in its header: no fmt and no data chunk in " + end + " bytes"
                        : "the WAV file has a header only: no data chunk in " + end + " bytes");
    }

    private static long dataBytes(long promised, long there, boolean headerIsShort) throws IOException {
        boolean streamed = promised > there && promised >= STREAMED && promised <= UNKNOWN;
        if (streamed || (promised == 0 && headerIsShort)) {
            return there;
        }
        if (promised > there) {
            throw new IOException(
                    "the WAV file is cut off: its data chunk promises " + promised + " bytes, found " + there);
        }
        return promised;
    }

    private static WavHeader of(Coding coding, SampleFormat format, long at, long size) throws IOException {
        long frames = size / ((long) coding.channels * format.bytes());
        if (frames == 0) {
            throw new IOException("the WAV file has no samples: its data chunk holds " + size + " bytes");
        }
        return new WavHeader(format, coding.channels, coding.rate, at, frames);
    }

    /** The fmt chunk. {@code format}: null for codecs that are not ours. */
    private record Coding(@Nullable SampleFormat format, int channels, int rate) {
        static Coding read(ByteSource source, long at, long size) throws IOException {
            if (size < 16) {
                throw new IOException("the fmt chunk of the WAV file has " + size + " bytes; allowed: 16 or more");
            }
            ByteBuffer fmt = bytes(source, at, (int) Math.min(size, 40));
            int tag = fmt.getShort(0) & 0xFFFF;
            if (tag == EXTENSIBLE && fmt.capacity() >= 26) {
                tag = fmt.getShort(24) & 0xFFFF; // the codec is the first word of the sub-format
            }
            int channels = fmt.getShort(2) & 0xFFFF;
            int bits = fmt.getShort(14) & 0xFFFF;
            if (channels == 0) {
                throw new IOException("the WAV file has 0 channels");
            }
            int rate = AudioStream.checkedRate(fmt.getInt(4) & UNKNOWN);
            if (tag != PCM && tag != FLOAT) {
                return new Coding(null, channels, rate);
            }
            return new Coding(format(tag, bits), channels, rate);
        }

        private static SampleFormat format(int tag, int bits) throws IOException {
            int bytes = (bits + 7) / 8; // 12 or 20 bits stand at the top of 2 or 3 bytes
            if (tag == PCM && bytes >= 1 && bytes <= 4) {
                return switch (bytes) {
                    case 1 -> SampleFormat.UNSIGNED_8;
                    case 2 -> SampleFormat.SIGNED_16;
                    case 3 -> SampleFormat.SIGNED_24;
                    default -> SampleFormat.SIGNED_32;
                };
            }
            if (tag == FLOAT && (bits == 32 || bits == 64)) {
                return bits == 32 ? SampleFormat.FLOAT_32 : SampleFormat.FLOAT_64;
            }
            throw new IOException("the WAV file has " + bits + "-bit " + (tag == PCM ? "integer" : "float")
                    + " samples; allowed: 8, 16, 24, 32-bit integer and 32, 64-bit float");
        }
    }

    private static ByteBuffer bytes(ByteSource source, long at, int count) throws IOException {
        byte[] bytes = new byte[count];
        if (source.readFully(at, bytes, 0, count) < count) {
            throw new IOException("the WAV file is cut off in its header, after " + source.size() + " bytes");
        }
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static String text(byte[] bytes, int at) {
        return new String(bytes, at, 4, StandardCharsets.ISO_8859_1);
    }
}
