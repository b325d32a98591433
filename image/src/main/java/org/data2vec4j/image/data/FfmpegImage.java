package org.data2vec4j.image.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerPointer;
import org.data2vec4j.data.ffmpeg.ByteSource;
import org.data2vec4j.data.ffmpeg.Ffmpeg;
import org.data2vec4j.data.ffmpeg.FfmpegInput;
import org.jspecify.annotations.Nullable;

/** The first picture of anything that FFmpeg reads. All native memory is freed by {@link #close()}. */
final class FfmpegImage implements AutoCloseable {
    private static final String WITHOUT = "only JPEG, PNG, GIF, BMP, TIFF and lossless WebP pictures";

    private final long mostPixels;
    private final String demuxer; // empty for one that is found by the first bytes
    private final FfmpegInput input;
    private final AVPacket packet;
    private final AVFrame frame;
    private @Nullable AVFormatContext format;
    private @Nullable AVCodecContext codec;

    private FfmpegImage(byte[] bytes, long mostPixels) {
        this.mostPixels = mostPixels;
        this.demuxer = demuxer(bytes);
        Ffmpeg.load(WITHOUT);
        this.input = new FfmpegInput(ByteSource.of(bytes));
        this.packet = avcodec.av_packet_alloc();
        this.frame = avutil.av_frame_alloc();
    }

    /** Decodes a file; {@code mostPixels} is the largest picture that is taken. */
    static RgbImage decode(byte[] bytes, long mostPixels, Transparency transparency) throws IOException {
        try (FfmpegImage image = new FfmpegImage(bytes, mostPixels)) {
            image.read();
            return image.rgb(transparency);
        }
    }

    /** FFmpeg knows portable anymaps only if a line ends behind their first two letters; others end there with a space. */
    private static String demuxer(byte[] bytes) {
        boolean anymap = bytes.length > 3 && bytes[0] == 'P' && bytes[1] >= '1' && bytes[1] <= '6' && bytes[2] <= ' ';
        return !anymap ? "" : List.of("pbm_pipe", "pgm_pipe", "ppm_pipe").get((bytes[1] - '1') % 3);
    }

    private void read() throws IOException {
        AVFormatContext context = avformat.avformat_alloc_context();
        context.pb(input.context());
        AVDictionary options = new AVDictionary(null);
        avutil.av_dict_set(options, "protocol_whitelist", "none", 0);
        AVInputFormat known = demuxer.isEmpty() ? null : avformat.av_find_input_format(demuxer);
        int result = avformat.avformat_open_input(context, (String) null, known, options);
        avutil.av_dict_free(options);
        if (result < 0) { // the context is already freed
            throw failure("not an image of a known format", result);
        }
        format = context;
        if (context.nb_stream_groups() > 0) {
            throw new IOException("it is a picture of tiles (HEIC or AVIF), which are not put together here;"
                    + " convert it to JPEG or PNG");
        }
        int stream = avformat.av_find_best_stream(context, avutil.AVMEDIA_TYPE_VIDEO, -1, -1, (AVCodec) null, 0);
        check("it has no picture", stream);
        decode(context, stream);
    }

    private void decode(AVFormatContext context, int stream) throws IOException {
        AVCodecParameters parameters = context.streams(stream).codecpar();
        AVCodec decoder = parameters.codec_id() == avcodec.AV_CODEC_ID_AV1
                ? avcodec.avcodec_find_decoder_by_name("libaom-av1") // the first one needs a device
                : avcodec.avcodec_find_decoder(parameters.codec_id());
        if (decoder == null || decoder.isNull()) {
            throw new IOException("there is no decoder for its codec "
                    + avcodec.avcodec_get_name(parameters.codec_id()).getString());
        }
        AVCodecContext decoding = avcodec.avcodec_alloc_context3(decoder);
        codec = decoding;
        check("its settings are wrong", avcodec.avcodec_parameters_to_context(decoding, parameters));
        decoding.thread_count(1); // the loader has threads enough
        decoding.max_pixels(mostPixels);
        decoding.err_recognition(avcodec.AV_EF_EXPLODE | avcodec.AV_EF_CRCCHECK);
        check("its decoder does not start", avcodec.avcodec_open2(decoding, decoder, (AVDictionary) null));
        int again = avutil.AVERROR_EAGAIN();
        int result = again;
        boolean flushing = false;
        while (result == again) {
            int read = flushing ? avutil.AVERROR_EOF : avformat.av_read_frame(context, packet);
            if (read < 0) {
                input.rethrowFailure();
                flushing = true;
                avcodec.avcodec_send_packet(decoding, null);
            } else if (packet.stream_index() == stream) {
                check("it is damaged", avcodec.avcodec_send_packet(decoding, packet));
            }
            avcodec.av_packet_unref(packet);
            result = avcodec.avcodec_receive_frame(decoding, frame);
            if (result == again && flushing) {
                break;
            }
        }
        check("it cannot be decoded", result);
    }

    private RgbImage rgb(Transparency transparency) throws IOException {
        int width = frame.width();
        int height = frame.height();
        AVPixFmtDescriptor layout = avutil.av_pix_fmt_desc_get(frame.format());
        boolean alpha = (layout.flags() & avutil.AV_PIX_FMT_FLAG_ALPHA) != 0;
        boolean palette = (layout.flags() & avutil.AV_PIX_FMT_FLAG_PAL) != 0;
        boolean webp = opened(codec).codec_id() == avcodec.AV_CODEC_ID_WEBP
                && (frame.format() == avutil.AV_PIX_FMT_YUV420P || frame.format() == avutil.AV_PIX_FMT_YUVA420P);
        byte[] rgb = new byte[Math.multiplyExact(3, Math.multiplyExact(width, height))];
        if (webp) {
            WebpColors colors = new WebpColors(
                    width, height, plane(0, height), plane(1, (height + 1) / 2), plane(2, (height + 1) / 2));
            for (int y = 0; y < height; y++) {
                colors.row(y, rgb, 3 * y * width);
            }
            if (alpha && transparency == Transparency.BLACK) {
                WebpColors.Plane shades = plane(3, height);
                for (int i = 0; i < rgb.length; i++) {
                    rgb[i] = RgbConversion.onBlack(rgb[i] & 0xFF, shades.at(i / 3 % width, i / 3 / width));
                }
            }
            return new RgbImage(width, height, rgb);
        }
        byte[] rgba = scaled(width, height, layout);
        boolean blend = (alpha || palette) && transparency == Transparency.BLACK;
        for (int i = 0; i < width * height; i++) {
            int shade = blend ? rgba[4 * i + 3] & 0xFF : 255;
            for (int c = 0; c < 3; c++) {
                rgb[3 * i + c] = RgbConversion.onBlack(rgba[4 * i + c] & 0xFF, shade);
            }
        }
        return new RgbImage(width, height, rgb);
    }

    private WebpColors.Plane plane(int plane, int rows) {
        int stride = frame.linesize(plane);
        return new WebpColors.Plane(
                frame.data(plane).capacity((long) stride * rows).asBuffer(), stride);
    }

    private byte[] scaled(int width, int height, AVPixFmtDescriptor layout) throws IOException {
        int flags = swscale.SWS_BILINEAR
                | swscale.SWS_ACCURATE_RND
                | swscale.SWS_FULL_CHR_H_INT
                | swscale.SWS_FULL_CHR_H_INP;
        SwsContext scaler = swscale.sws_getContext(
                width, height, frame.format(), width, height, avutil.AV_PIX_FMT_RGBA, flags, null, null, (DoublePointer)
                        null);
        if (scaler == null || scaler.isNull()) {
            throw new IOException("its pixel format " + layout.name().getString() + " is not known");
        }
        int stride = (4 * width + 63) & ~63;
        try (BytePointer out = new BytePointer(Math.multiplyExact((long) stride, height) + 64);
                PointerPointer<BytePointer> planes = new PointerPointer<>(4);
                IntPointer strides = new IntPointer(stride, 0, 0, 0)) {
            colors(scaler);
            planes.put(0, out);
            int rows = swscale.sws_scale(
                    scaler, new PointerPointer<>(frame), frame.linesize(), 0, height, planes, strides);
            check("its colours cannot be converted", rows);
            ByteBuffer bytes = out.asBuffer();
            byte[] rgba = new byte[Math.multiplyExact(4, Math.multiplyExact(width, height))];
            for (int y = 0; y < height; y++) {
                bytes.position(y * stride);
                bytes.get(rgba, 4 * y * width, 4 * width);
            }
            return rgba;
        } finally {
            swscale.sws_freeContext(scaler);
        }
    }

    /** The matrix and range that the file names; BT.601 where it names none. */
    private void colors(SwsContext scaler) {
        int matrix = frame.colorspace() == avutil.AVCOL_SPC_UNSPECIFIED || frame.colorspace() == avutil.AVCOL_SPC_RGB
                ? avutil.AVCOL_SPC_SMPTE170M
                : frame.colorspace();
        IntPointer table = swscale.sws_getCoefficients(matrix);
        int full = frame.color_range() == avutil.AVCOL_RANGE_JPEG ? 1 : 0;
        swscale.sws_setColorspaceDetails(scaler, table, full, table, 1, 0, 1 << 16, 1 << 16);
    }

    @Override
    public void close() {
        if (codec != null) {
            avcodec.avcodec_free_context(codec);
        }
        if (format != null) {
            avformat.avformat_close_input(format);
        }
        avcodec.av_packet_free(packet);
        avutil.av_frame_free(frame);
        input.close();
    }

    private void check(String what, int result) throws IOException {
        if (result < 0) {
            throw failure(what, result);
        }
    }

    private IOException failure(String what, int error) throws IOException {
        input.rethrowFailure();
        return new IOException(what + " (FFmpeg: " + Ffmpeg.error(error) + ")");
    }

    private static AVCodecContext opened(@Nullable AVCodecContext context) {
        if (context == null) {
            throw new IllegalStateException("the decoder is not open");
        }
        return context;
    }
}
