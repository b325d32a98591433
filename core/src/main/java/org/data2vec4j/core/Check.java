package org.data2vec4j.core;

import java.util.Locale;

/**
 * Validation of settings: each check returns its value or throws a {@link SettingException}, which names a component of the record
 * that is being made and the legal range.
 */
public final class Check {
    private Check() {}

    /** {@code value} if it lies in {@code [low, high]}. */
    public static double inRange(String component, double value, double low, double high) {
        setting(
                value >= low && value <= high,
                component,
                "is " + number(value) + "; allowed: " + number(low) + " to " + number(high));
        return value;
    }

    /** {@code value} if it lies in {@code [low, high]}. */
    public static int inRange(String component, int value, int low, int high) {
        String range = high == Integer.MAX_VALUE ? low + " or more" : low + " to " + high;
        setting(value >= low && value <= high, component, "is " + value + "; allowed: " + range);
        return value;
    }

    /** {@code value} if it is finite and not negative. */
    public static double notNegative(String component, double value) {
        setting(
                value >= 0 && value < Double.POSITIVE_INFINITY,
                component,
                "is " + number(value) + "; allowed: 0 or more");
        return value;
    }

    /** {@code value} if it is not negative. */
    public static long notNegative(String component, long value) {
        setting(value >= 0, component, "is " + value + "; allowed: 0 or more");
        return value;
    }

    /** {@code value} if it is finite and above zero. */
    public static double positive(String component, double value) {
        setting(value > 0 && value < Double.POSITIVE_INFINITY, component, "is " + number(value) + "; allowed: above 0");
        return value;
    }

    /** {@code value} if it is at least one. */
    public static int positive(String component, int value) {
        return inRange(component, value, 1, Integer.MAX_VALUE);
    }

    /** {@code value} if it is at least one. */
    public static long positive(String component, long value) {
        setting(value >= 1, component, "is " + value + "; allowed: 1 or more");
        return value;
    }

    /** Throws a complaint about a component, such as {@code "is 3; allowed: even numbers"}, unless the condition holds. */
    public static void setting(boolean condition, String component, String complaint) {
        if (!condition) {
            throw new SettingException(component, complaint);
        }
    }

    /** Runs checks of what a record holds as {@code component}; what they complain of is named relative to the record. */
    public static void within(String component, Runnable checks) {
        try {
            checks.run();
        } catch (SettingException e) {
            throw e.within(component);
        }
    }

    /** Throws the message unless the condition holds: for what is no setting of a record. */
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
