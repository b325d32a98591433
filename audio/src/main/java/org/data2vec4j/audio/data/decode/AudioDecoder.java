package org.data2vec4j.audio.data.decode;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import org.data2vec4j.data.ffmpeg.ByteSource;

/** Recordings to clips: WAV by the own reader, everything else by FFmpeg, whose native libraries are loaded on first need. */
public final class AudioDecoder {
    /** The file extensions taken for recordings, in lower case. */
    public static final Set<String> EXTENSIONS = Set.of(
            "wav", "wave", "flac", "mp3", "mp2", "mp1", "mpga", "mpeg", "ogg", "oga", "ogx", "ogv", "opus", "spx",
            "m4a", "m4b", "m4v", "aac", "mp4", "mov", "qt", "3gp", "3gpp", "3g2", "3ga", "wma", "wmv", "asf", "aif",
            "aiff", "aifc", "au", "snd", "caf", "webm", "mka", "mkv", "avi", "ac3", "eac3", "amr", "awb", "ape", "tta",
            "gsm", "voc", "sph", "nist", "w64", "rf64", "bwf", "wv", "mpg", "flv", "dts", "alac");

    private AudioDecoder() {}

    /** Whether a file name has one of the {@link #EXTENSIONS}. */
    public static boolean isAudio(String fileName) {
        int dot = fileName.lastIndexOf('.');
        return dot > 0 && EXTENSIONS.contains(fileName.substring(dot + 1).toLowerCase(Locale.ROOT));
    }

    /** A whole recording at its own rate; one that cannot be decoded is an {@link IOException} whose message is the reason. */
    public static AudioClip decode(byte[] bytes) throws IOException {
        return decode(ByteSource.of(bytes));
    }

    /** A whole recording at its own rate. */
    public static AudioClip decode(Path path) throws IOException {
        return decode(ByteSource.of(path));
    }

    private static AudioClip decode(ByteSource source) throws IOException {
        try (AudioStream stream = AudioStream.atOwnRate(source)) {
            return new AudioClip(stream.readAll(), stream.sourceRate());
        }
    }

    /** A whole recording at 16 kHz; the source is closed. */
    public static AudioClip decodeAt16Khz(ByteSource source) throws IOException {
        try (AudioStream stream = AudioStream.open(source)) {
            return new AudioClip(stream.readAll(), AudioStream.SAMPLE_RATE);
        }
    }

    /**
     * The number of samples at 16 kHz as the header of a WAV or FLAC file says; −1 if that is not known without decoding. A
     * broken WAV header is an {@link IOException}. The source stays open.
     */
    public static long durationFromHeader(ByteSource source) throws IOException {
        if (WavHeader.isWav(source)) {
            WavHeader header = WavHeader.read(source);
            return header == null
                    ? -1
                    : AudioResampler.length(header.frames(), header.sampleRate(), AudioStream.SAMPLE_RATE);
        }
        FlacHeader flac = FlacHeader.read(source);
        return flac.frames() == 0 || flac.sampleRate() == 0
                ? -1
                : AudioResampler.length(flac.frames(), flac.sampleRate(), AudioStream.SAMPLE_RATE);
    }

    /** The number of samples at 16 kHz by decoding all of it, piece by piece; the source is closed. */
    public static long measure(ByteSource source) throws IOException {
        try (AudioStream stream = AudioStream.open(source)) {
            float[] piece = new float[1 << 14];
            long samples = 0;
            int got = stream.read(piece, 0, piece.length);
            while (got > 0) {
                samples += got;
                got = stream.read(piece, 0, piece.length);
            }
            return samples;
        }
    }
}
