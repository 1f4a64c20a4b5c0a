package io.vmrestore.support.api;

/**
 * Something by its id.
 *
 * @param name empty if it has none
 */
public record Reference(String id, String name) {}
