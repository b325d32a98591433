package org.data2vec4j.text.tokenizer;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.data2vec4j.core.UserException;

/** Turns merges that are given by names into merges by ids. */
final class MergeNames {
    private final Map<String, Integer> ids = new HashMap<>();
    private final String origin;

    MergeNames(List<String> tokens, String origin) {
        this.origin = origin;
        for (int id = 0; id < tokens.size(); id++) {
            ids.putIfAbsent(tokens.get(id), id);
        }
    }

    /** The merge written as {@code left right}; {@code where} names the entry in messages. */
    Merge parse(String line, String where) {
        int space = line.indexOf(' ');
        if (space <= 0 || space == line.length() - 1 || line.indexOf(' ', space + 1) >= 0) {
            throw new UserException(
                    origin + ": " + where + " '" + line + "' is not two tokens with one space between them");
        }
        return merge(line.substring(0, space), line.substring(space + 1), where);
    }

    /** The merge of two names. */
    Merge merge(String left, String right, String where) {
        return new Merge(
                id(left, left, right, where), id(right, left, right, where), id(left + right, left, right, where));
    }

    private int id(String token, String left, String right, String where) {
        Integer id = ids.get(token);
        if (id == null) {
            throw new UserException(origin + ": " + where + " '" + left + " " + right + "' needs the token '" + token
                    + "', which the vocabulary does not have");
        }
        return id;
    }
}
