package org.data2vec4j.audio.data.decode;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;

/**
 * The samples of one decoded frame as the plain mean of its channels. FFmpeg's own down-mix keeps the power of uncorrelated
 * channels instead and is √2 too loud for speech, which is the same in both.
 */
final class FfmpegSamples {
    private float[] mono = new float[0];
    private int count;
    private int at;

    int left() {
        return count - at;
    }

    int take(float[] out, int to, int wanted) {
        int taken = Math.min(wanted, left());
        System.arraycopy(mono, at, out, to, taken);
        at += taken;
        return taken;
    }

    void set(AVFrame frame) throws IOException {
        int channels = frame.ch_layout().nb_channels();
        count = frame.nb_samples();
        at = 0;
        if (channels < 1) {
            throw new IOException("it has " + channels + " channels");
        }
        double[] sums = new double[count];
        int format = frame.format();
        int bytes = avutil.av_get_bytes_per_sample(format);
        boolean planar = avutil.av_sample_fmt_is_planar(format) != 0;
        if (planar) {
            for (int channel = 0; channel < channels; channel++) {
                add(buffer(frame, channel, (long) count * bytes), format, 0, 1, sums);
            }
        } else {
            ByteBuffer all = buffer(frame, 0, (long) count * bytes * channels);
            for (int channel = 0; channel < channels; channel++) {
                add(all, format, channel, channels, sums);
            }
        }
        mono = new float[count];
        for (int i = 0; i < count; i++) {
            mono[i] = (float) (sums[i] / channels);
        }
    }

    private static ByteBuffer buffer(AVFrame frame, int plane, long bytes) {
        BytePointer data = frame.extended_data(plane);
        return data.capacity(bytes).asBuffer().order(ByteOrder.nativeOrder());
    }

    /** Adds every {@code step}th sample from number {@code first} on, scaled so that the most negative integer is −1. */
    private static void add(ByteBuffer data, int format, int first, int step, double[] sums) throws IOException {
        int packed = avutil.av_get_packed_sample_fmt(format);
        for (int i = 0, place = first; i < sums.length; i++, place += step) {
            sums[i] += value(data, packed, place);
        }
    }

    private static double value(ByteBuffer data, int packed, int place) throws IOException {
        if (packed == avutil.AV_SAMPLE_FMT_FLT) {
            return data.getFloat(4 * place);
        } else if (packed == avutil.AV_SAMPLE_FMT_S16) {
            return data.getShort(2 * place) / 32768.0;
        } else if (packed == avutil.AV_SAMPLE_FMT_S32) {
            return data.getInt(4 * place) / 2147483648.0;
        } else if (packed == avutil.AV_SAMPLE_FMT_U8) {
            return ((data.get(place) & 0xFF) - 128) / 128.0;
        } else if (packed == avutil.AV_SAMPLE_FMT_DBL) {
            return data.getDouble(8 * place);
        } else if (packed == avutil.AV_SAMPLE_FMT_S64) {
            return data.getLong(8 * place) / 0x1p63;
        }
        throw new IOException("its sample format " + packed + " is not known");
    }
}
