package io.vmrestore.simulator.cloud;

/** The project a resource belongs to, and the user who made it. */
public record Owner(String projectId, String userId) {}
