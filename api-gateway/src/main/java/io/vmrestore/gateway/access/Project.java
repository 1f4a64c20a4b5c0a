package io.vmrestore.gateway.access;

/** A project as its id and name; of an outside issuer, which names none, the id is both. */
public record Project(String id, String name) {}
