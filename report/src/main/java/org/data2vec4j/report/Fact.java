package org.data2vec4j.report;

/**
 * One named value of a page.
 *
 * @param name what it is
 * @param value as it is to be read, unit included
 * @param note a few words beside it; may be empty
 */
public record Fact(String name, String value, String note) {
    /** A fact with no note. */
    public static Fact of(String name, String value) {
        return new Fact(name, value, "");
    }
}
