package org.data2vec4j.audio.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.data2vec4j.core.Check;
import org.data2vec4j.core.UserException;
import org.data2vec4j.data.text.Utf8Lines;

/**
 * Lists the recordings of a fairseq manifest: a first line with the root folder, then lines {@code path TAB frames}. Transcripts
 * are the lines of the {@code .wrd} file beside it, or of the {@code .ltr} file (letters apart, '|' between words). The frame
 * counts are not relied on: durations come from the recordings themselves.
 */
final class FairseqManifest {
    private FairseqManifest() {}

    static AudioListing list(Path manifest) {
        List<String> lines = lines(manifest);
        Check.that(
                !lines.isEmpty(),
                manifest + " is empty; expected a line with the root folder, then lines path TAB frames");
        Path root = manifest.resolveSibling(lines.get(0).strip());
        List<String> transcripts = transcripts(manifest, lines.size() - 1);
        List<AudioEntry> entries = new ArrayList<>();
        ListedFiles files = new ListedFiles(manifest);
        for (int i = 1; i < lines.size(); i++) {
            String path = lines.get(i).split("\t", -1)[0].strip();
            AudioEntry entry = path.isEmpty() ? null : files.find(root, path, i + 1);
            if (entry != null) {
                entries.add(transcripts.isEmpty() ? entry : entry.withTranscript(transcripts.get(i - 1)));
            }
        }
        return new AudioListing(entries, Map.of(), files.notes(entries.size()));
    }

    private static List<String> transcripts(Path manifest, int expected) {
        String name = String.valueOf(manifest.getFileName());
        String stem = name.substring(0, name.lastIndexOf('.'));
        for (String extension : List.of(".wrd", ".ltr")) {
            Path file = manifest.resolveSibling(stem + extension);
            if (Files.isRegularFile(file)) {
                List<String> lines = withoutBlankEnd(Utf8Lines.of(file), expected); // the last may be of silence
                if (lines.size() != expected) {
                    throw new UserException(file + " has " + lines.size() + " lines, but " + manifest + " lists "
                            + expected + " recordings; they must agree line by line");
                }
                return extension.equals(".wrd")
                        ? lines
                        : lines.stream().map(FairseqManifest::words).toList();
            }
        }
        return List.of();
    }

    /** {@code "H I | Y O U |"} to {@code "HI YOU"}. */
    static String words(String letters) {
        return letters.replace(" ", "").replace('|', ' ').strip();
    }

    /** Without empty lines at the end. */
    private static List<String> lines(Path file) {
        return withoutBlankEnd(Utf8Lines.of(file), 0);
    }

    /** Without empty lines behind the first {@code kept}. */
    private static List<String> withoutBlankEnd(List<String> lines, int kept) {
        int count = lines.size();
        while (count > kept && lines.get(count - 1).isBlank()) {
            count--;
        }
        return lines.subList(0, count);
    }
}
