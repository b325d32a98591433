package org.data2vec4j.lab.race;

import java.util.Locale;
import org.data2vec4j.lab.trial.Measure;

/** Numbers and durations for people. */
final class RaceText {
    private static final int MINUTE = 60;
    private static final int HOUR = 3600;
    private static final int SHORT = 10;

    private RaceText() {}

    static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    /** Three significant digits without superfluous zeros, such as {@code 0.0005} or {@code 120}. */
    static String number(double value) {
        if (!Double.isFinite(value)) {
            return "";
        }
        double size = Math.abs(value);
        if (size != 0 && (size < 1e-3 || size >= 1e6)) {
            return text("%.2e", value).replaceAll("\\.?0*e([-+])0*", "e$1").replace("e+", "e");
        }
        int digits = size == 0 ? 0 : Math.max(0, 2 - (int) Math.floor(Math.log10(size)));
        String plain = text("%." + digits + "f", value);
        return plain.contains(".") ? plain.replaceAll("0+$", "").replaceAll("\\.$", "") : plain;
    }

    /** A score's name where a title or a sentence begins. */
    static String title(Measure.Score score) {
        return score == Measure.Score.PROBE ? "Linear probe" : score.label();
    }

    /** One decimal, or nothing for what is not finite. */
    static String percent(double value) {
        return Double.isFinite(value) ? text("%.1f", value) : "";
    }

    /** Such as {@code 3 h 05 min}, {@code 12 min} or {@code 40 s}. */
    static String duration(double seconds) {
        long whole = Math.round(seconds);
        if (whole >= HOUR) {
            return text("%d h %02d min", whole / HOUR, whole / MINUTE % MINUTE);
        }
        if (whole >= 2 * MINUTE) {
            return text("%d min", Math.round(seconds / MINUTE));
        }
        return whole >= SHORT ? text("%d s", whole) : number(seconds) + " s";
    }
}
