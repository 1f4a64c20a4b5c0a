package io.vmrestore.verification.benchmarks.readings;

import java.util.Map;

/** Something that counts from its beginning on. */
@FunctionalInterface
public interface Source {
    /** Every counter as it stands. */
    Map<Counter, Double> read() throws Exception;
}
