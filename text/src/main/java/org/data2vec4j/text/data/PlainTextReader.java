package org.data2vec4j.text.data;

import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import org.data2vec4j.text.tokenizer.Utf8;
import org.data2vec4j.text.tokenizer.WordSplitter;
import org.jspecify.annotations.Nullable;

/** A .txt file as one document or a document per line. Lines that are not UTF-8 are left out and named. */
final class PlainTextReader implements TextReader {
    private static final int LONGEST_LINE = 1 << 20;
    private static final int PIECE = 1 << 16;

    private final TextOptions.Unit unit;
    private final SkippedText skipped;
    private final Lines lines;
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
    private boolean open; // a document has begun, and a piece of it may be out
    private boolean ended;

    PlainTextReader(Path file, TextOptions.Unit unit, SkippedText skipped) {
        this.unit = unit;
        this.skipped = skipped;
        this.lines = new Lines(file, LONGEST_LINE);
        String reason = lines.unreadable();
        if (!reason.isEmpty()) {
            skipped.add(file + ": " + reason);
            ended = true;
        }
    }

    @Override
    public @Nullable TextPiece next() {
        return unit == TextOptions.Unit.FILE ? ofFile() : ofLine();
    }

    @Override
    public String place() {
        return unit == TextOptions.Unit.FILE ? "" : "line " + lines.number();
    }

    @Override
    public void close() {
        lines.close();
    }

    private @Nullable TextPiece ofFile() {
        while (!ended && lines.next()) {
            if (usable()) {
                open = true;
                pending.write(lines.bytes(), lines.start(), lines.end() - lines.start());
                if (pending.size() >= PIECE) {
                    return full();
                }
            }
        }
        ended = true;
        if (!open) {
            return null;
        }
        open = false;
        return new TextPiece(pending.toByteArray(), true);
    }

    private TextPiece full() {
        byte[] all = pending.toByteArray();
        int cut = WordSplitter.lastCut(all, 0, all.length);
        int end = cut > 0 ? cut : all.length;
        pending.reset();
        pending.write(all, end, all.length - end);
        return new TextPiece(Arrays.copyOf(all, end), false);
    }

    private @Nullable TextPiece ofLine() {
        while (!ended && lines.next()) {
            boolean usable = usable();
            int end = lines.complete() ? lines.contentEnd() : lines.end();
            if (!usable || (!open && blank(end))) {
                if (open
                        && lines.complete()) { // the rest of a long line cannot be used: the document ends all the same
                    open = false;
                    return new TextPiece(new byte[0], true);
                }
                continue;
            }
            open = !lines.complete();
            return new TextPiece(Arrays.copyOfRange(lines.bytes(), lines.start(), end), lines.complete());
        }
        ended = true;
        if (!open) {
            return null;
        }
        open = false;
        return new TextPiece(new byte[0], true);
    }

    private boolean blank(int end) {
        for (int i = lines.start(); i < end; i++) {
            if (lines.bytes()[i] > ' ' || lines.bytes()[i] < 0) {
                return false;
            }
        }
        return true;
    }

    private boolean usable() {
        int bad = Utf8.firstInvalid(lines.bytes(), lines.start(), lines.end());
        if (bad >= 0) {
            skipped.add(lines.place() + ": the line is not UTF-8 (byte " + (bad - lines.start() + 1) + " of it)");
            return false;
        }
        for (int i = lines.start(); i < lines.end(); i++) {
            if (lines.bytes()[i] == 0) {
                skipped.add(lines.place() + ": the line has a zero byte");
                return false;
            }
        }
        return true;
    }
}
