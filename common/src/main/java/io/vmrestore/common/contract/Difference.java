package io.vmrestore.common.contract;

/** A point in which the restored VM differs from the original. */
public record Difference(String field, String original, String restored) {}
