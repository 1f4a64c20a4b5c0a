package io.vmrestore.verification.benchmarks.readings;

/**
 * Something that is counted.
 *
 * @param group of the table that it is shown in, such as {@code database}
 * @param name within the group; counters of one name are shown as their sum
 * @param part which of them this is, such as the client whose requests are counted; empty if there is one
 */
public record Counter(String group, String name, String part) {
    public Counter(String group, String name) {
        this(group, name, "");
    }
}
