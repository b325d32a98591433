package org.data2vec4j.audio.ctc;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.data2vec4j.core.UserException;
import org.data2vec4j.data.text.Utf8Lines;

/**
 * fairseq's {@code dict.ltr.txt}: a line {@code SYMBOL COUNT} for each letter. A model made with it has four symbols more in front,
 * {@code <s> <pad> </s> <unk>}, and its blank is the first of them.
 */
public final class FairseqLetterDictionary {
    private static final List<String> SPECIAL = List.of("<s>", "<pad>", "</s>", "<unk>");

    private FairseqLetterDictionary() {}

    /**
     * The vocabulary of a dictionary file.
     *
     * @throws UserException naming file and line if the file cannot be read, a line is not as above, or {@code |} is missing
     */
    public static LetterVocabulary read(Path file) {
        List<String> lines = Utf8Lines.of(file);
        List<String> symbols = new ArrayList<>(SPECIAL);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty()) {
                continue;
            }
            String[] fields = line.split("\\s+", -1);
            if (fields.length != 2 || !fields[1].matches("\\d+")) {
                throw new UserException("letter dictionary " + file + ", line " + (i + 1) + ": '" + line
                        + "'; allowed: a symbol and its count, such as E 51860");
            }
            symbols.add(fields[0]);
        }
        try {
            return new LetterVocabulary(symbols, 0);
        } catch (UserException e) {
            throw new UserException(file + ": " + e.getMessage(), e);
        }
    }
}
