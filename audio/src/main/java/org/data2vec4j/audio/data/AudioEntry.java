package org.data2vec4j.audio.data;

import org.jspecify.annotations.Nullable;

/**
 * A recording before it is opened. {@code name}: for people; {@code key}: its path inside the data, parts joined by '/';
 * {@code size}: bytes.
 */
record AudioEntry(
        String name,
        String key,
        AudioBytes bytes,
        long size,
        @Nullable String transcript,
        @Nullable String speaker,
        @Nullable String className) {

    AudioEntry(String name, String key, AudioBytes bytes, long size) {
        this(name, key, bytes, size, null, null, null);
    }

    /** The key without its extension. */
    String stem() {
        int dot = key.lastIndexOf('.');
        return dot > key.lastIndexOf('/') ? key.substring(0, dot) : key;
    }

    AudioEntry withTranscript(@Nullable String text) {
        return new AudioEntry(name, key, bytes, size, text, speaker, className);
    }

    AudioEntry withSpeaker(@Nullable String who) {
        return new AudioEntry(name, key, bytes, size, transcript, who, className);
    }

    AudioEntry withClass(@Nullable String label) {
        return new AudioEntry(name, key, bytes, size, transcript, speaker, label);
    }
}
