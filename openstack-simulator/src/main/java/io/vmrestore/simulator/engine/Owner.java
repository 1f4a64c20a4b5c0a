package io.vmrestore.simulator.engine;

/** The project a resource belongs to, and the user who made it. */
public record Owner(String projectId, String userId) {}
