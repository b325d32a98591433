package org.data2vec4j.cli.doctor;

/**
 * What one examination found.
 *
 * @param ok whether all is well
 * @param detail what was seen, and what to do if all is not well; one line
 */
public record Finding(boolean ok, String detail) {
    /** All is well. */
    static Finding ok(String detail) {
        return new Finding(true, detail);
    }

    /** Something is to be mended. */
    static Finding failed(String detail) {
        return new Finding(false, detail);
    }

    /** One line of a report. */
    public String line(String name) {
        return String.format("%-6s  %-10s %s", ok ? "ok" : "FAILED", name, detail);
    }
}
