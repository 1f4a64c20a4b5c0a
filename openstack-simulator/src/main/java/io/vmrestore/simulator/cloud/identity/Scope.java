package io.vmrestore.simulator.cloud.identity;

import org.jspecify.annotations.Nullable;

/** What a token is asked for. */
public sealed interface Scope {
    /** Nothing but the user: no project, no roles. */
    record Unscoped() implements Scope {}

    /** A project by its id or by its name. */
    record OfProject(@Nullable String id, @Nullable String name) implements Scope {}
}
