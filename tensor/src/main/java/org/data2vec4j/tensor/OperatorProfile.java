package org.data2vec4j.tensor;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Where the time of the operators of one thread goes, forward and backward, by operator, place in the program and shape. Forward,
 * an operator's time is that since the operator before it; so what happens between two of them (an update in place, the
 * program itself) counts for the second. Backward, it is the time from when the gradient of its result is complete until that
 * of the next result is. For processors only: a GPU works behind the program's back. Observing costs a few microseconds each.
 */
public final class OperatorProfile implements AutoCloseable {
    private static final StackWalker WALKER = StackWalker.getInstance();
    private static final int PLACES = 2;
    private static final String OWN = OperatorProfile.class.getPackageName() + ".";

    private static volatile @Nullable OperatorProfile active;

    private final Thread thread = Thread.currentThread();
    private final Map<String, Times> times = new LinkedHashMap<>();
    private final List<GradientHook> hooks = new ArrayList<>(); // not to be collected before they are called
    private @Nullable Times running;
    private long last = System.nanoTime();

    private OperatorProfile() {}

    /**
     * An operator in a place.
     *
     * @param operator the operator's method
     * @param place the class and method that called it, and those that called them
     * @param shape of its result
     * @param calls how often
     */
    public record Row(String operator, String place, String shape, long calls, double forwardMs, double backwardMs) {
        /** Both directions. */
        public double ms() {
            return forwardMs + backwardMs;
        }
    }

    private static final class Times {
        private final String operator;
        private final String place;
        private final String shape;
        private long calls;
        private long forward;
        private long backward;

        Times(String operator, String place, String shape) {
            this.operator = operator;
            this.place = place;
            this.shape = shape;
        }

        Row row() {
            return new Row(operator, place, shape, calls, forward / 1e6, backward / 1e6);
        }
    }

    /** The last calls before an operator: its own method, and those outside this package that led to it. */
    private static final class Calls {
        private String operator = "";
        private final List<String> places = new ArrayList<>();

        boolean wantsMore() {
            return places.size() < PLACES;
        }

        /** Takes the next frame outwards. */
        void add(StackWalker.StackFrame frame) {
            if (!frame.getClassName().startsWith(OWN)) {
                String type = frame.getClassName();
                places.add(type.substring(type.lastIndexOf('.') + 1) + "." + frame.getMethodName());
            } else if (places.isEmpty() && !frame.getMethodName().equals("<init>")) {
                operator = frame.getMethodName();
            }
        }
    }

    /**
     * Begins to observe this thread.
     *
     * @throws IllegalStateException if another observation is open
     */
    public static OperatorProfile open() {
        if (active != null) {
            throw new IllegalStateException("operators are being profiled already");
        }
        OperatorProfile profile = new OperatorProfile();
        active = profile;
        return profile;
    }

    /** Called for each tensor that an operator made. */
    static void made(Tensor tensor) {
        OperatorProfile profile = active;
        if (profile != null && profile.thread == Thread.currentThread()) {
            profile.forward(tensor);
        }
    }

    private void forward(Tensor tensor) {
        long now = System.nanoTime();
        endBackward(now);
        Calls calls = WALKER.walk(stack -> {
            Calls seen = new Calls();
            stack.takeWhile(frame -> seen.wantsMore()).forEach(seen::add);
            return seen;
        });
        String operator = calls.operator;
        String place = String.join(" of ", calls.places);
        String shape = LongStream.of(tensor.shape()).mapToObj(Long::toString).collect(Collectors.joining("×"));
        Times entry =
                times.computeIfAbsent(operator + " " + place + " " + shape, key -> new Times(operator, place, shape));
        entry.calls++;
        entry.forward += now - last;
        if (tensor.requiresGrad() && tensor.raw.grad_fn() != null) {
            hooks.add(GradientHook.on(List.of(tensor), () -> back(entry)));
        }
        last = System.nanoTime();
    }

    private void back(Times entry) {
        long now = System.nanoTime();
        endBackward(now);
        running = entry;
        last = System.nanoTime();
    }

    private void endBackward(long now) {
        if (running != null) {
            running.backward += now - last;
            running = null;
            last = now;
        }
    }

    /** Back-propagation has come to its end, or something begins that is not to be counted. */
    public void lap() {
        long now = System.nanoTime();
        endBackward(now);
        hooks.clear();
        last = System.nanoTime();
    }

    /** Forgets all so far. */
    public void clear() {
        lap();
        times.clear();
    }

    /** All operators, those that took longest first. */
    public List<Row> rows() {
        return times.values().stream()
                .map(Times::row)
                .sorted(Comparator.comparingDouble(Row::ms).reversed())
                .toList();
    }

    /** Observes no more. */
    @Override
    public void close() {
        active = null;
        hooks.clear();
    }
}
