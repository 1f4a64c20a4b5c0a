package io.vmrestore.verification.benchmarks.report;

import org.jspecify.annotations.Nullable;

/**
 * One line of a table.
 *
 * @param group of lines, with the unit
 * @param value for one restore
 * @param idle what the time of one restore costs when nothing is restored; null where that makes no sense
 */
public record Figure(
        String group, String name, double value, @Nullable Double idle) {}
