package org.data2vec4j.data.ffmpeg;

import java.io.IOException;
import java.util.concurrent.ConcurrentHashMap;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.Read_packet_Pointer_BytePointer_int;
import org.bytedeco.ffmpeg.avformat.Seek_Pointer_long_int;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * A byte source as FFmpeg reads it. There is one callback of each kind for all inputs, told apart by the address they are given:
 * the number of native callbacks is limited. A callback never throws: the exception would pass through C frames.
 */
public final class FfmpegInput implements AutoCloseable {
    private static final int BUFFER = 1 << 15;
    private static final int SEEK_SET = 0;
    private static final int SEEK_CUR = 1;
    private static final int SEEK_END = 2;
    private static final int INPUT_ERROR = -5; // AVERROR(EIO)
    private static final ConcurrentHashMap<Long, FfmpegInput> OPEN = new ConcurrentHashMap<>();
    private static final Read READ = new Read();
    private static final Seek SEEK = new Seek();

    private final ByteSource source;
    private final BytePointer key = new BytePointer(1);
    private final AVIOContext context;
    private long position;
    private @Nullable Exception failure;

    /** An input that reads a source; the source stays open when it is closed. */
    public FfmpegInput(ByteSource source) {
        this.source = source;
        OPEN.put(key.address(), this);
        BytePointer buffer = new BytePointer(avutil.av_malloc(BUFFER));
        this.context = avformat.avio_alloc_context(buffer, BUFFER, 0, key, READ, null, SEEK);
    }

    /** What a demuxer reads from. */
    public AVIOContext context() {
        return context;
    }

    /** Throws what went wrong with the source itself, if anything did. */
    public void rethrowFailure() throws IOException {
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        if (failure instanceof IOException e) {
            throw e;
        }
    }

    /** After the demuxer that reads it. */
    @Override
    public void close() {
        avutil.av_free(context.buffer()); // the library may have replaced the one it was given
        avutil.av_free(context);
        OPEN.remove(key.address());
        key.close();
    }

    private int read(BytePointer into, int count) {
        try {
            byte[] bytes = new byte[Math.min(count, BUFFER)];
            int got = source.read(position, bytes, 0, bytes.length);
            if (got <= 0) {
                return avutil.AVERROR_EOF;
            }
            into.put(bytes, 0, got);
            position += got;
            return got;
        } catch (IOException | RuntimeException e) {
            failure = e;
            return INPUT_ERROR;
        }
    }

    private long seek(long offset, int whence) {
        try {
            if ((whence & avformat.AVSEEK_SIZE) != 0) {
                return source.size();
            }
            long base = switch (whence & ~avformat.AVSEEK_FORCE) {
                case SEEK_SET -> 0;
                case SEEK_CUR -> position;
                case SEEK_END -> source.size();
                default -> Long.MIN_VALUE;
            };
            if (base + offset < 0) {
                return INPUT_ERROR;
            }
            position = base + offset;
            return position;
        } catch (IOException | RuntimeException e) {
            failure = e;
            return INPUT_ERROR;
        }
    }

    private static final class Read extends Read_packet_Pointer_BytePointer_int {
        @Override
        public int call(Pointer opaque, BytePointer into, int count) {
            FfmpegInput input = OPEN.get(opaque.address());
            return input == null ? INPUT_ERROR : input.read(into, count);
        }
    }

    private static final class Seek extends Seek_Pointer_long_int {
        @Override
        public long call(Pointer opaque, long offset, int whence) {
            FfmpegInput input = OPEN.get(opaque.address());
            return input == null ? INPUT_ERROR : input.seek(offset, whence);
        }
    }
}
