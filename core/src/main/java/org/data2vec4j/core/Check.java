package org.data2vec4j.core;

import java.util.Locale;

/** Validation of settings: each check returns its value or throws a {@link UserException} naming the field and the legal range. */
public final class Check {
    private Check() {}

    /** {@code value} if it lies in {@code [low, high]}. */
    public static double inRange(String field, double value, double low, double high) {
        if (!(value >= low && value <= high)) {
            throw new UserException(
                    field + " is " + number(value) + "; allowed: " + number(low) + " to " + number(high));
        }
        return value;
    }

    /** {@code value} if it lies in {@code [low, high]}. */
    public static int inRange(String field, int value, int low, int high) {
        if (value < low || value > high) {
            String range = high == Integer.MAX_VALUE ? low + " or more" : low + " to " + high;
            throw new UserException(field + " is " + value + "; allowed: " + range);
        }
        return value;
    }

    /** {@code value} if it is finite and not negative. */
    public static double notNegative(String field, double value) {
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw new UserException(field + " is " + number(value) + "; allowed: 0 or more");
        }
        return value;
    }

    /** {@code value} if it is finite and above zero. */
    public static double positive(String field, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new UserException(field + " is " + number(value) + "; allowed: above 0");
        }
        return value;
    }

    /** {@code value} if it is at least one. */
    public static int positive(String field, int value) {
        return inRange(field, value, 1, Integer.MAX_VALUE);
    }

    /** Throws the message unless the condition holds. */
    public static void that(boolean condition, String message) {
        if (!condition) {
            throw new UserException(message);
        }
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? String.format(Locale.ROOT, "%d", (long) value)
                : Double.toString(value);
    }
}
