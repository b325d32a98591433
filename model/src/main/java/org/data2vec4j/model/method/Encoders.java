package org.data2vec4j.model.method;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.data2vec4j.model.encoder.Encoder;

/**
 * The encoders that a method leaves behind, by name, the preferred one first. An unmodifiable map, so that whoever measures all of
 * them need not know how many there are.
 */
public final class Encoders extends AbstractMap<String, Encoder> {
    private final Map<String, Encoder> encoders;
    private final Encoder preferred;
    private final Encoder teacher;

    private Encoders(Map<String, Encoder> encoders, Encoder preferred, Encoder teacher) {
        this.encoders = Collections.unmodifiableMap(encoders);
        this.preferred = preferred;
        this.teacher = teacher;
    }

    /** The encoder of a method that has one. */
    public static Encoders of(String name, Encoder encoder) {
        return new Encoders(Map.of(name, encoder), encoder, encoder);
    }

    /** The encoders of a method whose student learns from a teacher. */
    public static Encoders studentAndTeacher(Encoder student, Encoder teacher) {
        Map<String, Encoder> encoders = new LinkedHashMap<>();
        encoders.put("student", student);
        encoders.put("teacher", teacher);
        return new Encoders(encoders, student, teacher);
    }

    /** The encoder to use where only one is asked for. */
    public Encoder preferred() {
        return preferred;
    }

    /** The teacher's encoder; the only one where there is no teacher. */
    public Encoder teacher() {
        return teacher;
    }

    @Override
    public Set<Entry<String, Encoder>> entrySet() {
        return encoders.entrySet();
    }
}
