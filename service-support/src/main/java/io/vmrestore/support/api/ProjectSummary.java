package io.vmrestore.support.api;

import org.jspecify.annotations.Nullable;

/**
 * A project (tenant).
 *
 * @param description empty if it has none
 * @param domain name of its domain; null if the configured identity may not read it
 * @param enabled whether anybody can work in it
 * @param restorable whether this installation can restore VMs in it
 * @param reason why not, and what would help; null if it can
 */
public record ProjectSummary(
        String id,
        String name,
        String description,
        String domainId,
        @Nullable String domain,
        boolean enabled,
        boolean restorable,
        @Nullable String reason) {}
