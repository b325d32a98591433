package org.data2vec4j.data.ffmpeg;

import java.nio.charset.StandardCharsets;
import org.bytedeco.ffmpeg.global.avutil;
import org.data2vec4j.core.UserException;

/** The native libraries. */
public final class Ffmpeg {
    private Ffmpeg() {}

    /**
     * Loads them, once, and keeps them from writing on the terminal: reasons come as exceptions.
     *
     * @param without what is read without them, for the error where they cannot be loaded: {@code only WAV files}
     */
    public static void load(String without) {
        try {
            avutil.av_log_set_level(avutil.AV_LOG_QUIET);
        } catch (LinkageError e) {
            throw new UserException(
                    "FFmpeg's native libraries cannot be loaded on this platform, and " + without
                            + " are read without them: " + e.getMessage(),
                    e);
        }
    }

    /** What an error code means. */
    public static String error(int code) {
        byte[] text = new byte[128];
        avutil.av_strerror(code, text, text.length);
        int end = 0;
        while (end < text.length && text[end] != 0) {
            end++;
        }
        return new String(text, 0, end, StandardCharsets.UTF_8);
    }
}
