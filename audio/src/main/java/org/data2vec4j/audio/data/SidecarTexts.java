package org.data2vec4j.audio.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Transcripts, speakers and classes from the texts that lie beside recordings: {@code *.trans.txt} of LibriSpeech (lines
 * {@code ID TEXT}; the speaker is what stands before the first '-' of the ID), {@code transcription} of CMU Sphinx (lines
 * {@code <s> TEXT </s> (ID)}), {@code KEY.txt} with the transcript and {@code KEY.cls} with the class of {@code KEY.wav}.
 */
final class SidecarTexts {
    private static final String LIBRISPEECH = ".trans.txt";
    private static final Pattern SPHINX = Pattern.compile("(?:<s>)?\\s*(.*?)\\s*(?:</s>)?\\s*\\(([^()]+)\\)\\s*");

    private final Map<String, String> transcripts = new LinkedHashMap<>(); // by stem
    private final Map<String, String> speakers = new HashMap<>();
    private final Map<String, String> plain;
    private final boolean librispeech;

    SidecarTexts(Map<String, String> texts) {
        this.plain = texts;
        boolean layout = false;
        for (Map.Entry<String, String> text : texts.entrySet()) {
            String key = text.getKey();
            String folder = key.substring(0, key.lastIndexOf('/') + 1);
            if (key.endsWith(LIBRISPEECH)) {
                layout = true;
                text.getValue().lines().forEach(line -> addLibrispeech(folder, line.strip()));
            } else if (!key.endsWith(".txt") && !key.endsWith(".cls")) {
                text.getValue().lines().forEach(line -> addSphinx(folder, line));
            }
        }
        this.librispeech = layout;
    }

    /** Whether folders are speakers and chapters, not classes. */
    boolean librispeech() {
        return librispeech;
    }

    AudioEntry apply(AudioEntry entry) {
        String stem = entry.stem();
        String transcript = transcripts.get(stem);
        if (transcript == null) {
            transcript = stripped(plain.get(stem + ".txt"));
        }
        String label = stripped(plain.get(stem + ".cls"));
        AudioEntry told = transcript == null ? entry : entry.withTranscript(transcript);
        told = label == null ? told : told.withClass(label);
        String speaker = speakers.get(stem);
        return speaker == null ? told : told.withSpeaker(speaker);
    }

    /** A line each for transcripts without a recording and recordings without a transcript, where others have one. */
    List<String> oddities(List<AudioEntry> entries) {
        List<String> notes = new ArrayList<>();
        Set<String> stems = new HashSet<>();
        entries.forEach(entry -> stems.add(entry.stem()));
        List<String> lonely = transcripts.keySet().stream()
                .filter(stem -> !stems.contains(stem))
                .toList();
        if (!lonely.isEmpty()) {
            notes.add(lonely.size() + " transcripts have no recording and are passed over; the first is "
                    + lonely.get(0));
        }
        List<AudioEntry> mute =
                entries.stream().filter(entry -> entry.transcript() == null).toList();
        if (!mute.isEmpty() && mute.size() < entries.size()) {
            notes.add(mute.size() + " of " + entries.size() + " recordings have no transcript; the first is "
                    + mute.get(0).name());
        }
        return notes;
    }

    private void addLibrispeech(String folder, String line) {
        int space = line.indexOf(' ');
        if (line.isEmpty()) {
            return;
        }
        String id = space < 0 ? line : line.substring(0, space);
        transcripts.put(folder + id, space < 0 ? "" : line.substring(space + 1).strip());
        int dash = id.indexOf('-');
        if (dash > 0) {
            speakers.put(folder + id, id.substring(0, dash));
        }
    }

    private void addSphinx(String folder, String line) {
        Matcher matcher = SPHINX.matcher(line);
        if (matcher.matches()) {
            transcripts.put(folder + matcher.group(2), matcher.group(1));
        }
    }

    private static @Nullable String stripped(@Nullable String text) {
        return text == null ? null : text.strip();
    }
}
