package org.data2vec4j.interop.pickle;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.data2vec4j.core.UserException;
import org.jspecify.annotations.Nullable;

/**
 * Reads one pickle of protocol 0 to 5 into plain Java: numbers, text, {@code byte[]}, {@link List}, {@link Map}, sets,
 * {@link PickleTensor}, {@link PickleObject}. Names that could run something are refused ({@link PickleGlobal}).
 */
final class Unpickler {
    private static final Object MARK = new Object();
    private static final int MOST_DEPTH = 1 << 22;
    private static final int MOST_INSTRUCTIONS = 20_000_000; // of a large model a hundred thousand
    private static final int LONGEST_NUMBER = 64;

    private final PickleInput in;
    private final Function<List<@Nullable Object>, Object> storages;
    private final ArrayList<@Nullable Object> stack = new ArrayList<>();
    private final Map<Long, @Nullable Object> memo = new HashMap<>();

    /**
     * A reader.
     *
     * @param storages what a persistent id (a tuple) stands for
     */
    Unpickler(PickleInput in, Function<List<@Nullable Object>, Object> storages) {
        this.in = in;
        this.storages = storages;
    }

    static @Nullable Object read(ByteBuffer bytes, Function<List<@Nullable Object>, Object> storages) {
        return new Unpickler(new PickleInput(bytes), storages).load();
    }

    /** The object; the input stands behind the pickle's end. */
    @Nullable
    Object load() {
        for (int instructions = 0; ; instructions++) {
            if (instructions == MOST_INSTRUCTIONS) {
                throw new UserException("the pickle has more than " + MOST_INSTRUCTIONS
                        + " instructions, of which the containers alone would fill the memory; refused");
            }
            int code = in.u1();
            if (code == '.') {
                return pop();
            }
            step(code);
            if (stack.size() > MOST_DEPTH) {
                throw new UserException("the pickle's stack grows without end; refused");
            }
        }
    }

    private void step(int code) {
        if (!constant(code) && !container(code) && !reference(code)) {
            throw new UserException(String.format(
                    Locale.ROOT,
                    "the pickle has instruction 0x%02X at byte %d, which no checkpoint uses; refused",
                    code,
                    in.position() - 1));
        }
    }

    private boolean constant(int code) {
        switch (code) {
            case 'N' -> push(null);
            case 0x88 -> push(true);
            case 0x89 -> push(false);
            case 'K' -> push((long) in.u1());
            case 'M' -> push((long) in.u2());
            case 'J' -> push((long) in.i4());
            case 0x8A -> push(number(in.take(in.u1())));
            case 0x8B -> push(number(in.take(in.i4())));
            case 'I' -> push(integer(in.line()));
            case 'L' -> push(integer(in.line()));
            case 'G' -> push(in.bigEndianDouble());
            case 'F' -> push(decimal(in.line()));
            case 'X' -> push(in.text(in.u4()));
            case 0x8C -> push(in.text(in.u1()));
            case 0x8D -> push(in.text(in.i8()));
            case 'V' -> push(in.line());
            case 'T' -> push(new String(in.take(in.i4()), StandardCharsets.ISO_8859_1));
            case 'U' -> push(new String(in.take(in.u1()), StandardCharsets.ISO_8859_1));
            case 'S' -> push(unquoted(in.line()));
            case 'B' -> push(in.take(in.u4()));
            case 'C' -> push(in.take(in.u1()));
            case 0x8E, 0x96 -> push(in.take(in.i8()));
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean container(int code) {
        switch (code) {
            case '(' -> push(MARK);
            case '}' -> push(new LinkedHashMap<>());
            case ']' -> push(new ArrayList<>());
            case ')' -> push(List.of());
            case 0x8F -> push(new LinkedHashSet<>());
            case 'd' -> {
                Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
                put(map, toMark());
                push(map);
            }
            case 'l' -> push(toMark());
            case 't' -> push(toMark());
            case 0x85 -> push(last(1));
            case 0x86 -> push(last(2));
            case 0x87 -> push(last(3));
            case 'a' -> {
                Object item = pop();
                list(top()).add(item);
            }
            case 'e' -> {
                List<@Nullable Object> items = toMark();
                list(top()).addAll(items);
            }
            case 's' -> {
                List<@Nullable Object> pair = last(2);
                put(map(top()), pair);
            }
            case 'u' -> {
                List<@Nullable Object> pairs = toMark();
                put(map(top()), pairs);
            }
            case 0x90, 0x91 -> {
                List<@Nullable Object> items = toMark();
                if (code == 0x91) {
                    push(set(items));
                } else if (top() instanceof LinkedHashSet<?> set) {
                    @SuppressWarnings("unchecked")
                    LinkedHashSet<@Nullable Object> known = (LinkedHashSet<@Nullable Object>) set;
                    known.addAll(set(items));
                } else {
                    throw wrong("a set");
                }
            }
            case '0' -> pop();
            case '1' -> toMark();
            case '2' -> push(top());
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean reference(int code) {
        switch (code) {
            case 0x80 -> in.u1(); // protocol
            case 0x95 -> in.i8(); // frame
            case 'q' -> memo.put((long) in.u1(), top());
            case 'r' -> memo.put(in.u4(), top());
            case 'p' -> memo.put(integer(in.line()), top());
            case 0x94 -> memo.put((long) memo.size(), top());
            case 'h' -> push(recalled(in.u1()));
            case 'j' -> push(recalled(in.u4()));
            case 'g' -> push(recalled(integer(in.line())));
            case 'c' -> push(PickleGlobal.of(in.line(), in.line()));
            case 0x93 -> {
                List<@Nullable Object> names = last(2);
                if (!(names.get(0) instanceof String module) || !(names.get(1) instanceof String name)) {
                    throw wrong("the name of a class");
                }
                push(PickleGlobal.of(module, name));
            }
            case 'R', 0x81 -> {
                List<@Nullable Object> call = last(2);
                push(call(call.get(0), call.get(1)));
            }
            case 0x92 -> {
                List<@Nullable Object> call = last(3);
                push(call(call.get(0), call.get(1)));
            }
            case 'o' -> {
                List<@Nullable Object> parts = toMark();
                if (parts.isEmpty()) {
                    throw wrong("a class");
                }
                push(call(parts.get(0), new ArrayList<>(parts.subList(1, parts.size()))));
            }
            case 'i' -> {
                PickleGlobal type = PickleGlobal.of(in.line(), in.line());
                push(call(type, toMark()));
            }
            case 'b' -> build(pop());
            case 'Q' -> {
                if (!(pop() instanceof List<?> id)) {
                    throw wrong("a storage's description");
                }
                push(storages.apply(new ArrayList<>(id)));
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private @Nullable Object call(@Nullable Object callee, @Nullable Object arguments) {
        if (!(callee instanceof PickleGlobal global) || !(arguments instanceof List<?> given)) {
            throw wrong("a call of something known");
        }
        List<@Nullable Object> values = new ArrayList<>(given);
        return switch (global.kind()) {
            case DICT -> dict(values);
            case LIST -> values.isEmpty() ? new ArrayList<>() : new ArrayList<>(list(values.get(0)));
            case SET -> set(values.isEmpty() ? List.of() : list(values.get(0)));
            case TENSOR -> tensor(values);
            case PARAMETER -> values.isEmpty() ? null : values.get(0);
            case BYTES -> bytes(values);
            case STORAGE -> throw new UserException("the file wants to call " + global.name() + "; refused");
            case INERT -> new PickleObject(global.name(), values);
        };
    }

    private static Map<@Nullable Object, @Nullable Object> dict(List<@Nullable Object> arguments) {
        Map<@Nullable Object, @Nullable Object> made = new LinkedHashMap<>();
        if (!arguments.isEmpty() && arguments.get(0) instanceof List<?> pairs) {
            for (Object pair : pairs) {
                if (!(pair instanceof List<?> two) || two.size() != 2) {
                    throw wrong("a list of pairs");
                }
                made.put(key(two.get(0), made.size()), two.get(1));
            }
        }
        return made;
    }

    private static byte[] bytes(List<@Nullable Object> arguments) {
        if (arguments.isEmpty() || !(arguments.get(0) instanceof String text)) {
            throw wrong("text");
        }
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static PickleTensor tensor(List<@Nullable Object> arguments) {
        if (arguments.size() < 4
                || !(arguments.get(0) instanceof Storage storage)
                || !(arguments.get(1) instanceof Long offset)) {
            throw wrong("a tensor's storage and offset");
        }
        return new PickleTensor(
                storage.key(),
                storage.type(),
                storage.elements(),
                offset,
                longs(arguments.get(2)),
                longs(arguments.get(3)));
    }

    private static List<Long> longs(@Nullable Object value) {
        List<Long> numbers = new ArrayList<>();
        Object items = value instanceof PickleObject size
                        && size.type().equals("torch.Size")
                        && !size.arguments().isEmpty()
                ? size.arguments().get(0)
                : value;
        for (Object item : list(items)) {
            if (!(item instanceof Long number)) {
                throw wrong("whole numbers");
            }
            numbers.add(number);
        }
        return numbers;
    }

    private void build(@Nullable Object state) {
        if (top() instanceof PickleObject object) {
            object.state(state);
            return;
        }
        // A state dictionary's _metadata, a parameter's hooks: nothing that we need.
        boolean attributes = top() instanceof Map<?, ?> && state instanceof Map<?, ?>;
        if (!attributes && !(top() instanceof PickleTensor)) {
            throw wrong("an object with a state");
        }
    }

    private @Nullable Object recalled(long key) {
        if (!memo.containsKey(key)) {
            throw new UserException("the pickle recalls entry " + key + ", which it never stored; the file is damaged");
        }
        return memo.get(key);
    }

    private void push(@Nullable Object value) {
        stack.add(value);
    }

    private @Nullable Object pop() {
        if (stack.isEmpty() || stack.get(stack.size() - 1) == MARK) {
            throw wrong("a value on the stack");
        }
        return stack.remove(stack.size() - 1);
    }

    private @Nullable Object top() {
        if (stack.isEmpty()) {
            throw wrong("a value on the stack");
        }
        return stack.get(stack.size() - 1);
    }

    private List<@Nullable Object> last(int count) {
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(0, pop());
        }
        return values;
    }

    private List<@Nullable Object> toMark() {
        int mark = stack.lastIndexOf(MARK);
        if (mark < 0) {
            throw wrong("a mark on the stack");
        }
        List<@Nullable Object> tail = stack.subList(mark + 1, stack.size());
        List<@Nullable Object> values = new ArrayList<>(tail);
        stack.subList(mark, stack.size()).clear();
        return values;
    }

    @SuppressWarnings("unchecked")
    private static List<@Nullable Object> list(@Nullable Object value) {
        if (!(value instanceof List<?> list)) {
            throw wrong("a list");
        }
        return (List<@Nullable Object>) list;
    }

    @SuppressWarnings("unchecked")
    private static Map<@Nullable Object, @Nullable Object> map(@Nullable Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            throw wrong("a mapping");
        }
        return (Map<@Nullable Object, @Nullable Object>) map;
    }

    private static void put(Map<@Nullable Object, @Nullable Object> map, List<@Nullable Object> pairs) {
        if (pairs.size() % 2 != 0) {
            throw wrong("a value for every key");
        }
        for (int i = 0; i < pairs.size(); i += 2) {
            map.put(key(pairs.get(i), i), pairs.get(i + 1));
        }
    }

    private static Set<@Nullable Object> set(List<@Nullable Object> items) {
        Set<@Nullable Object> set = new LinkedHashSet<>();
        for (Object item : items) {
            set.add(key(item, set.size()));
        }
        return set;
    }

    /** A container as a key could be its own ancestor, or hold one list a million times: its hash would never end. */
    private static @Nullable Object key(@Nullable Object key, int number) {
        boolean simple = key == null
                || key instanceof String
                || key instanceof Number
                || key instanceof Boolean
                || key instanceof PickleObject; // by identity
        return simple ? key : "(" + number + ")";
    }

    private static Object number(byte[] littleEndian) {
        if (littleEndian.length > LONGEST_NUMBER) {
            throw new UserException("the pickle has a number of " + littleEndian.length + " bytes; refused");
        }
        byte[] big = new byte[littleEndian.length];
        for (int i = 0; i < big.length; i++) {
            big[i] = littleEndian[big.length - 1 - i];
        }
        BigInteger value = big.length == 0 ? BigInteger.ZERO : new BigInteger(big);
        return value.bitLength() < Long.SIZE ? (Object) value.longValue() : value;
    }

    private static long integer(String line) {
        try {
            return Long.parseLong(line.endsWith("L") ? line.substring(0, line.length() - 1) : line);
        } catch (NumberFormatException e) {
            throw new UserException("the pickle has '" + line + "' where a whole number belongs", e);
        }
    }

    private static double decimal(String line) {
        try {
            return Double.parseDouble(line);
        } catch (NumberFormatException e) {
            throw new UserException("the pickle has '" + line + "' where a number belongs", e);
        }
    }

    private static String unquoted(String line) {
        return line.length() >= 2 ? line.substring(1, line.length() - 1) : "";
    }

    private static UserException wrong(String expected) {
        return new UserException("the pickle is damaged: " + expected + " was expected");
    }
}
