package org.data2vec4j.audio.data.decode;

import java.io.IOException;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.Pointer;
import org.data2vec4j.data.ffmpeg.ByteSource;
import org.data2vec4j.data.ffmpeg.Ffmpeg;
import org.data2vec4j.data.ffmpeg.FfmpegInput;
import org.jspecify.annotations.Nullable;

/**
 * The samples of the best audio stream of anything FFmpeg reads. It reads from the byte source alone: a playlist inside a file
 * cannot make it open other files or addresses. All native memory is freed by {@link #close()}, and when opening fails.
 */
final class FfmpegStream implements PcmStream {
    private final int again = avutil.AVERROR_EAGAIN(); // native itself: not before the library is loaded
    private final ByteSource source;
    private final FfmpegInput input;
    private @Nullable AVFormatContext format;
    private @Nullable AVCodecContext codec;
    private final AVPacket packet = avcodec.av_packet_alloc();
    private final AVFrame frame = avutil.av_frame_alloc();
    private final FfmpegSamples samples = new FfmpegSamples();
    private int stream;
    private int sampleRate;
    private boolean flushing;
    private boolean closed;

    private FfmpegStream(ByteSource source) {
        this.source = source;
        this.input = new FfmpegInput(source);
    }

    /** Does not close the source if it fails. */
    static FfmpegStream open(ByteSource source) throws IOException {
        Ffmpeg.load("only WAV files");
        FfmpegStream opened = new FfmpegStream(source);
        boolean complete = false;
        try {
            opened.openFormat();
            opened.openCodec();
            complete = true;
            return opened;
        } finally {
            if (!complete) {
                opened.free();
            }
        }
    }

    private void openFormat() throws IOException {
        AVFormatContext context = avformat.avformat_alloc_context();
        context.pb(input.context());
        AVDictionary options = new AVDictionary(null);
        avutil.av_dict_set(options, "protocol_whitelist", "none", 0);
        int result = avformat.avformat_open_input(context, (String) null, null, options);
        avutil.av_dict_free(options);
        if (result < 0) { // the context is already freed
            throw failure("it is no recording in a known format", result);
        }
        format = context;
        check("its streams cannot be read", avformat.avformat_find_stream_info(context, (AVDictionary) null));
    }

    private void openCodec() throws IOException {
        AVFormatContext context = opened(format);
        stream = avformat.av_find_best_stream(context, avutil.AVMEDIA_TYPE_AUDIO, -1, -1, (AVCodec) null, 0);
        check("it has no audio stream", stream);
        AVCodecParameters parameters = context.streams(stream).codecpar();
        AVCodec decoder = avcodec.avcodec_find_decoder(parameters.codec_id());
        if (decoder == null || decoder.isNull()) {
            throw new IOException("there is no decoder for its codec "
                    + avcodec.avcodec_get_name(parameters.codec_id()).getString());
        }
        AVCodecContext decoding = avcodec.avcodec_alloc_context3(decoder);
        codec = decoding;
        check("its codec's settings are wrong", avcodec.avcodec_parameters_to_context(decoding, parameters));
        decoding.thread_count(1); // the loader has threads enough
        check("its decoder does not start", avcodec.avcodec_open2(decoding, decoder, (AVDictionary) null));
        sampleRate = AudioStream.checkedRate(decoding.sample_rate());
    }

    @Override
    public int sampleRate() {
        return sampleRate;
    }

    @Override
    public int read(float[] mono, int at, int count) throws IOException {
        if (closed) {
            throw new IOException("the recording is closed");
        }
        while (samples.left() == 0) {
            if (!nextFrame()) {
                return -1;
            }
        }
        return samples.take(mono, at, count);
    }

    private boolean nextFrame() throws IOException {
        AVCodecContext decoding = opened(codec);
        while (true) {
            int result = avcodec.avcodec_receive_frame(decoding, frame);
            if (result >= 0) {
                if (frame.sample_rate() != sampleRate) {
                    throw new IOException(
                            "its sample rate changes from " + sampleRate + " to " + frame.sample_rate() + " Hz");
                }
                samples.set(frame);
                avutil.av_frame_unref(frame);
                return true;
            }
            if (result == avutil.AVERROR_EOF) {
                return false;
            }
            if (result != again || flushing) {
                throw failure("it cannot be decoded", result);
            }
            feed(decoding);
        }
    }

    /** Hands the decoder the next packet of the stream, or tells it that there is none. */
    private void feed(AVCodecContext decoding) throws IOException {
        AVFormatContext context = opened(format);
        while (true) {
            int result = avformat.av_read_frame(context, packet);
            if (result == avutil.AVERROR_EOF) {
                input.rethrowFailure(); // which looks like an end to the demuxer
                flushing = true;
                check("it cannot be decoded", avcodec.avcodec_send_packet(decoding, null));
                return;
            }
            check("it cannot be read", result);
            boolean ours = packet.stream_index() == stream;
            int sent = ours ? avcodec.avcodec_send_packet(decoding, packet) : 0;
            avcodec.av_packet_unref(packet);
            check("it is damaged", sent);
            if (ours) {
                return;
            }
        }
    }

    @Override
    public void close() throws IOException {
        if (!closed) {
            free();
            source.close();
        }
    }

    private void free() {
        closed = true;
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

    private static <P extends Pointer> P opened(@Nullable P pointer) {
        if (pointer == null) {
            throw new IllegalStateException("the stream is not open");
        }
        return pointer;
    }
}
