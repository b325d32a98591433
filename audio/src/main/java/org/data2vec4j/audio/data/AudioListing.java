package org.data2vec4j.audio.data;

import java.util.List;
import java.util.Map;

/**
 * What was found at a place before anything is made of it: recordings in order, the texts beside them by their keys, and lines on
 * what is odd.
 */
record AudioListing(List<AudioEntry> entries, Map<String, String> texts, List<String> notes) {

    /** Which files beside recordings say something of them. */
    static boolean isText(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        return name.endsWith(".txt")
                || name.endsWith(".cls")
                || name.equals("transcription")
                || name.endsWith(".transcription");
    }

    /** The longest text file that is read, in bytes: anything larger is not a transcript. */
    static final int LONGEST_TEXT = 1 << 26;
}
