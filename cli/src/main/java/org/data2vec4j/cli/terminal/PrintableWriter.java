package org.data2vec4j.cli.terminal;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;
import org.data2vec4j.core.Printable;

/** Passes text on with its control characters escaped; each call is a whole piece of text. */
public final class PrintableWriter extends FilterWriter {
    /** A writer in front of another. */
    public PrintableWriter(Writer out) {
        super(out);
    }

    @Override
    public void write(int character) throws IOException {
        out.write(Printable.of(String.valueOf((char) character)));
    }

    @Override
    public void write(char[] characters, int offset, int length) throws IOException {
        out.write(Printable.of(new String(characters, offset, length)));
    }

    @Override
    public void write(String text, int offset, int length) throws IOException {
        out.write(Printable.of(text.substring(offset, offset + length)));
    }
}
