package org.data2vec4j.audio.data.decode;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;

/** Encodes test recordings with FFmpeg: all channels of the same file, interleaved samples in. */
public final class Encoded {
    private Encoded() {}

    /** Flac, mp3 and the like: {@code format} is the file's, {@code codec} the encoder's name. */
    public static byte[] of(String format, String codec, int rate, int channels, float[] interleaved)
            throws IOException {
        Path file = Files.createTempFile("encoded", "." + format);
        try {
            write(file, format, codec, rate, channels, interleaved);
            return Files.readAllBytes(file);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static void write(Path file, String format, String name, int rate, int channels, float[] interleaved) {
        AVFormatContext muxer = new AVFormatContext(null);
        check(avformat.avformat_alloc_output_context2(muxer, null, format, file.toString()));
        AVCodec codec = avcodec.avcodec_find_encoder_by_name(name);
        AVCodecContext encoder = avcodec.avcodec_alloc_context3(codec);
        int sampleFormat = sampleFormat(name);
        encoder.sample_rate(rate).sample_fmt(sampleFormat).bit_rate(128_000);
        avutil.av_channel_layout_default(encoder.ch_layout(), channels);
        encoder.time_base().num(1).den(rate);
        encoder.strict_std_compliance(-2);
        if ((muxer.oformat().flags() & avformat.AVFMT_GLOBALHEADER) != 0) {
            encoder.flags(encoder.flags() | avcodec.AV_CODEC_FLAG_GLOBAL_HEADER);
        }
        check(avcodec.avcodec_open2(encoder, codec, (AVDictionary) null));
        AVStream stream = avformat.avformat_new_stream(muxer, null);
        check(avcodec.avcodec_parameters_from_context(stream.codecpar(), encoder));
        stream.time_base().num(1).den(rate);
        AVIOContext io = new AVIOContext(null);
        check(avformat.avio_open(io, file.toString(), avformat.AVIO_FLAG_WRITE));
        muxer.pb(io);
        check(avformat.avformat_write_header(muxer, (AVDictionary) null));
        int step = encoder.frame_size() > 0 ? encoder.frame_size() : 1024;
        int frames = interleaved.length / channels;
        AVPacket packet = avcodec.av_packet_alloc();
        for (int at = 0; at < frames; at += step) {
            int count = Math.min(step, frames - at);
            AVFrame frame = avutil.av_frame_alloc();
            frame.nb_samples(count).format(sampleFormat).sample_rate(rate).pts(at);
            avutil.av_channel_layout_default(frame.ch_layout(), channels);
            check(avutil.av_frame_get_buffer(frame, 0));
            fill(frame, sampleFormat, channels, interleaved, at, count);
            check(avcodec.avcodec_send_frame(encoder, frame));
            avutil.av_frame_free(frame);
            drain(encoder, muxer, stream, packet);
        }
        check(avcodec.avcodec_send_frame(encoder, null));
        drain(encoder, muxer, stream, packet);
        check(avformat.av_write_trailer(muxer));
        avcodec.av_packet_free(packet);
        avcodec.avcodec_free_context(encoder);
        avformat.avio_closep(io);
        avformat.avformat_free_context(muxer);
    }

    /** One that the encoder takes. */
    private static int sampleFormat(String encoder) {
        return switch (encoder) {
            case "flac", "libopus" -> avutil.AV_SAMPLE_FMT_S16;
            case "libmp3lame", "wavpack" -> avutil.AV_SAMPLE_FMT_S16P;
            default -> avutil.AV_SAMPLE_FMT_FLTP;
        };
    }

    private static void drain(AVCodecContext encoder, AVFormatContext muxer, AVStream stream, AVPacket packet) {
        while (avcodec.avcodec_receive_packet(encoder, packet) >= 0) {
            avcodec.av_packet_rescale_ts(packet, encoder.time_base(), stream.time_base());
            packet.stream_index(0);
            check(avformat.av_interleaved_write_frame(muxer, packet));
        }
    }

    private static void fill(AVFrame frame, int format, int channels, float[] in, int at, int count) {
        boolean planar = avutil.av_sample_fmt_is_planar(format) != 0;
        boolean shorts = avutil.av_get_packed_sample_fmt(format) == avutil.AV_SAMPLE_FMT_S16;
        int bytes = avutil.av_get_bytes_per_sample(format);
        for (int channel = 0; channel < channels; channel++) {
            ByteBuffer out = frame.extended_data(planar ? channel : 0)
                    .capacity((long) count * bytes * (planar ? 1 : channels))
                    .asBuffer()
                    .order(ByteOrder.nativeOrder());
            for (int i = 0; i < count; i++) {
                float value = in[(at + i) * channels + channel];
                int place = bytes * (planar ? i : i * channels + channel);
                if (shorts) {
                    out.putShort(place, (short) Math.round(value * 32767));
                } else {
                    out.putFloat(place, value);
                }
            }
        }
    }

    private static void check(int result) {
        if (result < 0) {
            throw new IllegalStateException("FFmpeg error " + result);
        }
    }
}
