package org.data2vec4j.text.tokenizer;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.data2vec4j.core.UserException;

/** Names and ids as a file gives them, in any order, on the way to a list without gaps. */
final class TokenIds {
    private final TreeMap<Integer, String> names = new TreeMap<>();
    private final String origin;

    TokenIds(String origin) {
        this.origin = origin;
    }

    /** Takes an entry; the same entry twice is one, another name for a taken id throws {@link UserException}. */
    void put(String token, int id) {
        String other = names.putIfAbsent(id, token);
        if (other != null && !other.equals(token)) {
            throw new UserException(origin + ": the tokens '" + other + "' and '" + token + "' have the same id " + id
                    + "; give each one its own");
        }
    }

    /** The names by id; a missing id throws {@link UserException}. */
    List<String> list() {
        List<String> list = new ArrayList<>(names.size());
        for (var entry : names.entrySet()) {
            if (entry.getKey() != list.size()) {
                throw new UserException(origin + ": no token has id " + list.size() + ", and the next is '"
                        + entry.getValue() + "' with id " + entry.getKey() + "; ids must run from 0 without a gap");
            }
            list.add(entry.getValue());
        }
        return list;
    }
}
