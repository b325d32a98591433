package org.data2vec4j.text;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.data2vec4j.text.data.SkippedText;
import org.data2vec4j.text.data.TextPiece;
import org.data2vec4j.text.data.TextReader;
import org.data2vec4j.text.data.TextSource;
import org.data2vec4j.train.data.InputReader;
import org.data2vec4j.train.data.OrderedSource;

/** The texts of a source in its order, numbered from 1. Those that cannot be read are left out and told. */
final class TextsInOrder implements OrderedSource {
    private final TextSource source;
    private final InputReader reader;
    private final Consumer<String> messages;

    /** The texts of a source, a full {@code reader} at a time. */
    TextsInOrder(TextSource source, InputReader reader, Consumer<String> messages) {
        this.source = source;
        this.reader = reader;
        this.messages = messages;
    }

    @Override
    public int size() {
        return UNKNOWN;
    }

    @Override
    public String fingerprint() {
        return source.fingerprint();
    }

    @Override
    public void visitAfter(long last, Visitor visitor) {
        List<Long> numbers = new ArrayList<>();
        List<String> names = new ArrayList<>();
        ByteArrayOutputStream text = new ByteArrayOutputStream(); // the pieces of a long one so far
        long number = 0;
        try (TextReader texts = source.read(new SkippedText(messages))) {
            for (TextPiece piece = texts.next(); piece != null; piece = texts.next()) {
                text.writeBytes(piece.utf8());
                if (!piece.last()) {
                    continue;
                }
                number++;
                if (number > last) {
                    reader.add(text.toString(StandardCharsets.UTF_8));
                    numbers.add(number);
                    names.add(texts.place());
                }
                text.reset();
                if (reader.full()) {
                    visit(numbers, names, visitor);
                }
            }
        }
        visit(numbers, names, visitor);
    }

    private void visit(List<Long> numbers, List<String> names, Visitor visitor) {
        long[] given = numbers.stream().mapToLong(Long::longValue).toArray();
        List<String> named = List.copyOf(names);
        numbers.clear();
        names.clear();
        reader.take().forEach(batch -> visitor.visit(batch, given, named));
    }

    @Override
    public void close() {} // files are open during visits only
}
