package org.data2vec4j.audio.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.data2vec4j.audio.data.decode.AudioClip;
import org.data2vec4j.audio.data.decode.AudioDecoder;
import org.data2vec4j.audio.data.decode.AudioStream;
import org.data2vec4j.core.UserException;
import org.data2vec4j.data.Fingerprint;
import org.data2vec4j.data.ffmpeg.ByteSource;
import org.jspecify.annotations.Nullable;

/** Recordings in files or archives, listed once and decoded on demand. */
final class AudioFiles implements AudioSource {
    private final List<AudioEntry> entries;
    private final AudioLabels labels;
    private final List<String> notes;
    private final AtomicIntegerArray durations; // one more than the samples; 0 until known
    private final Runnable closing;
    private volatile boolean closed;

    private AudioFiles(List<AudioEntry> entries, List<String> notes, Runnable closing) {
        this.entries = entries;
        this.labels = AudioLabels.of(entries);
        this.notes = notes;
        this.durations = new AtomicIntegerArray(entries.size());
        this.closing = closing;
    }

    /** What the listing's texts and the options' rule make of its entries. {@code closing} is run with the source. */
    static AudioFiles of(AudioListing listing, AudioOptions options, Runnable closing) {
        SidecarTexts texts = new SidecarTexts(listing.texts());
        List<AudioEntry> entries = listing.entries().stream().map(texts::apply).toList();
        LabelRule rule = LabelRule.of(options);
        List<AudioEntry> kept = new ArrayList<>();
        for (AudioEntry entry : entries) {
            AudioEntry told = rule == null ? entry : rule.apply(entry);
            if (told != null) {
                kept.add(told);
            }
        }
        if (kept.isEmpty()) {
            throw new UserException(
                    "none of the " + entries.size() + " recordings belongs to data.split '" + options.split()
                            + "' by data.labelPattern '" + options.labelPattern() + "'; the first is "
                            + entries.get(0).key());
        }
        List<String> notes = new ArrayList<>(listing.notes());
        notes.addAll(texts.oddities(entries));
        boolean folders = rule == null && !texts.librispeech();
        return new AudioFiles(folders ? AudioLabels.byFolder(kept) : List.copyOf(kept), List.copyOf(notes), closing);
    }

    @Override
    public int size() {
        return entries.size();
    }

    @Override
    public String name(int index) {
        return entries.get(index).name();
    }

    @Override
    public AudioClip read(int index) throws IOException {
        Segment segment = entries.get(index).segment();
        AudioClip clip;
        try {
            clip = segment == null ? AudioDecoder.decodeAt16Khz(open(index)) : piece(index, segment);
        } catch (RuntimeException e) {
            throw unexpected(e);
        }
        durations.set(index, clip.samples().length + 1);
        return clip;
    }

    /** A piece of a recording is a file of its own. */
    @Override
    public byte[] file(int index) throws IOException {
        if (entries.get(index).segment() != null) {
            return AudioSource.super.file(index);
        }
        try (ByteSource source = open(index)) {
            if (source.size() > Integer.MAX_VALUE - 8) {
                throw new IOException("the file has " + source.size() + " bytes; allowed: below 2^31");
            }
            byte[] bytes = new byte[(int) source.size()];
            source.readFully(0, bytes, 0, bytes.length);
            return bytes;
        }
    }

    @Override
    public int duration(int index) throws IOException {
        int known = durations.get(index);
        if (known > 0) {
            return known - 1;
        }
        long samples;
        try {
            samples = measured(index);
        } catch (RuntimeException e) {
            throw unexpected(e);
        }
        Segment segment = entries.get(index).segment();
        samples = segment == null ? samples : segment.length(samples);
        if (samples >= Integer.MAX_VALUE - 8) {
            throw new IOException("the recording has " + samples + " samples at 16 kHz; allowed: below 2^31");
        }
        durations.set(index, (int) samples + 1);
        return (int) samples;
    }

    private long measured(int index) throws IOException {
        try (ByteSource source = open(index)) {
            long samples = AudioDecoder.durationFromHeader(source);
            if (samples >= 0) {
                return samples;
            }
        }
        return AudioDecoder.measure(open(index));
    }

    private AudioClip piece(int index, Segment segment) throws IOException {
        try (AudioStream stream = AudioStream.open(open(index))) {
            return new AudioClip(segment.read(stream), AudioStream.SAMPLE_RATE);
        }
    }

    /** What a decoder lets out on damaged data costs the recording, not the run. */
    private static IOException unexpected(RuntimeException e) {
        if (e instanceof UserException || e instanceof IllegalStateException) { // no decoder at all, or closed
            throw e;
        }
        return new IOException("damaged recording: " + e, e);
    }

    private ByteSource open(int index) throws IOException {
        if (closed) {
            throw new IllegalStateException("the recordings are closed");
        }
        return entries.get(index).bytes().open();
    }

    @Override
    public @Nullable String transcript(int index) {
        return entries.get(index).transcript();
    }

    @Override
    public @Nullable String speaker(int index) {
        return entries.get(index).speaker();
    }

    @Override
    public List<String> classes() {
        return labels.classes();
    }

    @Override
    public int label(int index) {
        return labels.labels().get(index);
    }

    @Override
    public List<String> notes() {
        return notes;
    }

    @Override
    public String fingerprint() {
        Fingerprint print = new Fingerprint().add("recordings");
        for (int i = 0; i < entries.size(); i++) {
            AudioEntry entry = entries.get(i);
            print.add(entry.key()).add(entry.size()).add(label(i)).add(String.valueOf(entry.transcript()));
            if (entry.segment() != null) {
                print.add(entry.segment().toString());
            }
        }
        return print.hex();
    }

    @Override
    public void close() {
        closed = true;
        closing.run();
    }
}
