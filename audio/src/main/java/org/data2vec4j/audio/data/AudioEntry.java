package org.data2vec4j.audio.data;

import org.jspecify.annotations.Nullable;

/**
 * A recording before it is opened. {@code name}: for people; {@code key}: its path inside the data, parts joined by '/';
 * {@code size}: bytes; {@code segment}: the piece of it that is meant, null for all.
 */
record AudioEntry(
        String name,
        String key,
        AudioBytes bytes,
        long size,
        @Nullable String transcript,
        @Nullable String speaker,
        @Nullable String className,
        @Nullable Segment segment) {

    AudioEntry(String name, String key, AudioBytes bytes, long size) {
        this(name, key, bytes, size, null, null, null, null);
    }

    /** The key without its extension. */
    String stem() {
        int dot = key.lastIndexOf('.');
        return dot > key.lastIndexOf('/') ? key.substring(0, dot) : key;
    }

    AudioEntry withTranscript(@Nullable String text) {
        return new AudioEntry(name, key, bytes, size, text, speaker, className, segment);
    }

    AudioEntry withSpeaker(@Nullable String who) {
        return new AudioEntry(name, key, bytes, size, transcript, who, className, segment);
    }

    AudioEntry withClass(@Nullable String label) {
        return new AudioEntry(name, key, bytes, size, transcript, speaker, label, segment);
    }

    /** A piece of the recording. */
    AudioEntry withSegment(Segment piece) {
        return new AudioEntry(name + ":" + piece, key, bytes, size, transcript, speaker, className, piece);
    }
}
