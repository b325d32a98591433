package org.data2vec4j.interop.golden;

import java.util.List;
import java.util.stream.Collectors;

/**
 * How our implementation compares with a recorded run.
 *
 * @param name the case
 * @param groups outputs, gradients, EMA; empty if the case could not be run
 * @param problem why it could not be run; empty if it was
 */
public record GoldenResult(String name, List<TensorComparison> groups, String problem) {
    /** Whether the case ran and every group is within its tolerance. */
    public boolean passed() {
        return problem.isEmpty() && groups.stream().allMatch(TensorComparison::passed);
    }

    /** One line. */
    public String line() {
        String verdict = passed() ? "ok    " : "FAILED";
        String detail = problem.isEmpty()
                ? groups.stream().map(TensorComparison::summary).collect(Collectors.joining(", "))
                : problem;
        return verdict + "  " + name + ": " + detail;
    }
}
