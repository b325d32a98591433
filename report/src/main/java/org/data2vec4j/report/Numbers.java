package org.data2vec4j.report;

import java.util.Locale;

/** Numbers as people read them; the same in every locale. */
final class Numbers {
    private static final double PLAIN_BELOW = 1e5;

    private Numbers() {}

    /** Three or four significant digits: {@code 0.412}, {@code 1520}, {@code 3.1×10⁻⁵}, {@code –} for a value that is not finite. */
    static String brief(double value) {
        if (!Double.isFinite(value)) {
            return "–";
        }
        double size = Math.abs(value);
        if (size == 0) {
            return "0";
        }
        if (size >= 1e-3 && size < PLAIN_BELOW) {
            if (size > 0.999 && size < 1) { // a decay of the teacher: what counts is how far from one
                return minus(String.format(Locale.ROOT, "%.5f", value));
            }
            int decimals = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : size >= 0.1 ? 3 : size >= 0.01 ? 4 : 5;
            return minus(String.format(Locale.ROOT, "%." + decimals + "f", value));
        }
        int exponent = (int) Math.floor(Math.log10(size));
        String digits = String.format(Locale.ROOT, "%.1f", value / Math.pow(10, exponent));
        return minus(digits) + "×10" + superscript(exponent);
    }

    /** A share as a percentage, with one decimal and no sign. */
    static String percent(double share) {
        return Double.isFinite(share) ? minus(String.format(Locale.ROOT, "%.1f", 100 * share)) : "–";
    }

    /** A label of an axis whose ticks are {@code step} apart: {@code 0.25}, {@code 40k}, {@code 2×10⁻⁴}. */
    static String tick(double value, double step) {
        double size = Math.abs(value);
        if (size < step / 1e6) {
            return "0";
        }
        if (size >= 1e9 || step < 1e-4) {
            return power(value);
        }
        if (step >= 1000 || (size >= 10_000 && step >= 100)) {
            boolean million = step >= 1e5 && size >= 1e6;
            return minus(trim(value / (million ? 1e6 : 1e3))) + (million ? "M" : "k");
        }
        int decimals = 0;
        for (double scaled = step; Math.abs(scaled - Math.rint(scaled)) > 1e-6 * scaled; scaled *= 10) {
            decimals++; // as many as the step needs: 0.25 takes two
        }
        return minus(String.format(Locale.ROOT, "%." + decimals + "f", value));
    }

    /** A value as a small factor times a power of ten; the factor 1 is left out. */
    static String power(double value) {
        int exponent = (int) Math.floor(Math.log10(Math.abs(value)) + 1e-9);
        if (exponent >= -3 && exponent <= 3) {
            return minus(trim(value));
        }
        String factor = minus(trim(value / Math.pow(10, exponent)));
        return (factor.equals("1") ? "" : factor + "×") + "10" + superscript(exponent);
    }

    private static String trim(double value) {
        String text = String.format(Locale.ROOT, "%.6f", value);
        return text.replaceAll("0+$", "").replaceAll("\\.$", "");
    }

    private static String minus(String number) {
        return number.replace('-', '−');
    }

    private static String superscript(int exponent) {
        StringBuilder out = new StringBuilder(exponent < 0 ? "⁻" : "");
        for (char digit : Integer.toString(Math.abs(exponent)).toCharArray()) {
            out.append("⁰¹²³⁴⁵⁶⁷⁸⁹".charAt(digit - '0'));
        }
        return out.toString();
    }
}
