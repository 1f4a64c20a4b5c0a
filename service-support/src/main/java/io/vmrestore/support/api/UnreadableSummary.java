package io.vmrestore.support.api;

/**
 * A snapshot of which the cloud does not tell what a restore needs.
 *
 * @param name empty if it has none
 * @param reason what the cloud does not tell
 */
public record UnreadableSummary(String id, String name, String reason) {}
