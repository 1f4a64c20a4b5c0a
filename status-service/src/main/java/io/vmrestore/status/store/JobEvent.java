package io.vmrestore.status.store;

/**
 * An event of a restore as clients read it.
 *
 * @param version its place among the events of its restore: 1, 2, 3, …
 * @param type the CloudEvent's type, such as {@code io.vmrestore.StepStarted.v1}
 * @param document JSON with the CloudEvent's id, type and time and with its data
 */
public record JobEvent(long version, String type, String document) {}
