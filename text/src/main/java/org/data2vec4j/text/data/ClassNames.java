package org.data2vec4j.text.data;

import java.util.List;
import org.data2vec4j.core.UserException;

/** Labels as written in files, as numbers. */
final class ClassNames {
    private ClassNames() {}

    /** The number of a class. */
    static float number(List<String> classes, String label, String place) {
        int number = classes.indexOf(label);
        if (number < 0) {
            throw new UserException(place + ": the label is '" + label + "'; allowed: " + String.join(", ", classes));
        }
        return number;
    }

    /** A value between two limits. */
    static float value(String label, double low, double high, String place) {
        try {
            float value = Float.parseFloat(label);
            if (value >= low && value <= high) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new UserException(place + ": the label is '" + label + "'; allowed: a number", e);
        }
        throw new UserException(place + ": the label is " + label + "; allowed: " + low + " to " + high);
    }
}
