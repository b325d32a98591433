package org.data2vec4j.embed;

import java.util.List;
import org.data2vec4j.index.Hit;
import org.jspecify.annotations.Nullable;

/**
 * What a search found, in the form in which it is written as JSON.
 *
 * @param query what was searched for
 * @param hits the samples, best first
 */
public record SearchResult(String query, List<Found> hits) {
    /**
     * A hit.
     *
     * @param score cosine similarity, -1 to 1
     * @param id the sample's number
     * @param path its name
     * @param label its class; null if unknown
     * @param words a few words to show
     */
    public record Found(
            float score, long id, String path, @Nullable String label, String words) {}

    /** Copies the list. */
    public SearchResult {
        hits = List.copyOf(hits);
    }

    /** That of hits. */
    public static SearchResult of(String query, List<Hit> hits) {
        return new SearchResult(
                query,
                hits.stream()
                        .map(hit -> new Found(
                                hit.score(),
                                hit.sample().id(),
                                hit.sample().name(),
                                hit.sample().label(),
                                hit.sample().words()))
                        .toList());
    }
}
