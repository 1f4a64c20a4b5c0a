package io.vmrestore.verification.benchmarks;

import java.util.List;

/** Nearest-rank quantiles: always a value that was measured. */
final class Quantiles {
    private Quantiles() {}

    /** @param share of the values that are at most the result, above 0 and up to 1 */
    static double of(List<Double> values, double share) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get((int) Math.ceil(share * sorted.size()) - 1);
    }
}
