package org.data2vec4j.audio.data;

import java.io.IOException;
import java.util.List;
import org.data2vec4j.audio.data.decode.AudioClip;
import org.data2vec4j.audio.data.decode.AudioStream;
import org.jspecify.annotations.Nullable;

/**
 * A fixed, ordered set of recordings: index {@code i} of 0 to {@code size() - 1} always names the same one. All samples are mono
 * at {@link AudioStream#SAMPLE_RATE}. All methods but {@link #close()} may be called from many threads at once.
 */
public interface AudioSource extends AutoCloseable {
    /** The number of recordings, at least one. */
    int size();

    /** A name by which a user finds the recording: a file path, or {@code shard!entry}. */
    String name(int index);

    /** Decodes a recording; a broken one is an {@link IOException} whose message is the reason, without the name. */
    AudioClip read(int index) throws IOException;

    /** The bytes of a recording's file; a WAV file of its samples, unless overridden. */
    default byte[] file(int index) throws IOException {
        return WavFile.encode(read(index));
    }

    /**
     * The samples that {@link #read} will give, from the header where that is possible; otherwise the recording is decoded, once.
     */
    int duration(int index) throws IOException;

    /** What is said, as the data has it; null if unknown. */
    @Nullable
    String transcript(int index);

    /** Who speaks; null if unknown. */
    @Nullable
    String speaker(int index);

    /** The class names, in the order of the labels; empty when nothing is labelled. */
    List<String> classes();

    /** The class of a recording, an index into {@link #classes()}; −1 if unknown. */
    int label(int index);

    /** One line for each oddity found on opening, with its count: transcripts without a recording, listed files that are missing. */
    List<String> notes();

    /** A hash over names, sizes, transcripts, labels and order, but not over the place in the file system; nothing is decoded. */
    String fingerprint();

    /** Frees files and temporary space; reading afterwards fails. */
    @Override
    void close();
}
