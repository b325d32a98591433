package org.data2vec4j.interop.pickle;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An object of a class that we do not have, as data: its class's name, what it was made of, and its state. Nothing runs. */
public final class PickleObject {
    private final String type;
    private final List<@Nullable Object> arguments;
    private @Nullable Object state;

    PickleObject(String type, List<@Nullable Object> arguments) {
        this.type = type;
        this.arguments = new ArrayList<>(arguments);
    }

    /** The class, such as {@code argparse.Namespace}. */
    public String type() {
        return type;
    }

    /** What its constructor would have been given. */
    public List<@Nullable Object> arguments() {
        return arguments;
    }

    /** Its fields, or null. */
    public @Nullable Object state() {
        return state;
    }

    void state(@Nullable Object value) {
        state = value;
    }

    @Override
    public String toString() {
        return type;
    }
}
