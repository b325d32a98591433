package org.data2vec4j.lab.bench;

import java.util.List;

/**
 * What a collective costs: so much for being one, and so much for each of its bytes (Hockney's model).
 *
 * @param call seconds
 * @param perByte seconds
 */
record CallCost(double call, double perByte) {
    /** The line through the medians whose relative errors have the least squares; neither cost is below 0. */
    static CallCost fit(List<ExchangeBench.Point> points) {
        double weights = 0;
        double sizes = 0;
        double times = 0;
        double squares = 0;
        double products = 0;
        for (ExchangeBench.Point point : points) {
            double weight = 1 / (point.median() * point.median());
            weights += weight;
            sizes += weight * point.bytes();
            times += weight * point.median();
            squares += weight * (double) point.bytes() * point.bytes();
            products += weight * point.bytes() * point.median();
        }
        double slope = (weights * products - sizes * times) / (weights * squares - sizes * sizes);
        double start = (times - slope * sizes) / weights;
        if (start < 0) {
            return new CallCost(0, products / squares);
        }
        return slope < 0 ? new CallCost(times / weights, 0) : new CallCost(start, slope);
    }

    /** Of so many calls, one after the other, and their bytes. */
    double seconds(double calls, double bytes) {
        return calls * call + bytes * perByte;
    }
}
