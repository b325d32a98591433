package org.data2vec4j.report;

/**
 * A part of a page under its own heading; one without content is left out.
 *
 * @param id its anchor
 * @param title its heading
 * @param lead a sentence before the content; may be empty
 * @param content HTML, everything from outside escaped
 */
public record ReportSection(String id, String title, String lead, String content) {}
