package org.data2vec4j.audio.recognition;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.data2vec4j.core.UserException;
import org.data2vec4j.data.text.Utf8Lines;

/** What was said and what was understood, one utterance to a line: {@code NAME<tab>REFERENCE<tab>HYPOTHESIS} under a heading. */
public final class TranscriptFile {
    private static final String HEADING = "name\treference\thypothesis";

    private TranscriptFile() {}

    /** The file's text; tabs and line ends inside a field become spaces. */
    public static String text(List<Recognition.Utterance> utterances) {
        StringBuilder out = new StringBuilder(HEADING).append('\n');
        for (Recognition.Utterance utterance : utterances) {
            out.append(field(utterance.name()))
                    .append('\t')
                    .append(field(utterance.reference()))
                    .append('\t')
                    .append(field(utterance.hypothesis()))
                    .append('\n');
        }
        return out.toString();
    }

    private static String field(String text) {
        return text.replaceAll("[\\t\\r\\n]", " ");
    }

    /** Reads such a file; another form is an error that names the line. */
    public static List<Recognition.Utterance> read(Path file) {
        List<String> lines = Utf8Lines.of(file);
        if (lines.isEmpty() || !lines.get(0).equals(HEADING)) {
            throw new UserException(file + ":1: the heading is not name, reference, hypothesis");
        }
        List<Recognition.Utterance> utterances = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            String[] fields = lines.get(i).split("\t", -1);
            if (fields.length != 3) {
                throw new UserException(file + ":" + (i + 1) + ": " + fields.length + " fields; expected 3");
            }
            utterances.add(new Recognition.Utterance(fields[0], fields[1], fields[2]));
        }
        return List.copyOf(utterances);
    }
}
