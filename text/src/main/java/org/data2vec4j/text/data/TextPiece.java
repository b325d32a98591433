package org.data2vec4j.text.data;

/**
 * A part of a document, well-formed UTF-8, that can be tokenized by itself: pieces are cut where no word spans the cut, except in
 * words longer than a piece. {@code last}: the document ends with it. A piece may be empty.
 */
@SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
public record TextPiece(byte[] utf8, boolean last) {}
