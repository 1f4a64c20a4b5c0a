package io.vmrestore.verification.chaos.load;

import java.util.Set;

/** The requests that clients send, with the statuses that grant them and those that refuse them rightly. */
enum Call {
    LOGIN(Set.of(200), Set.of(), true),
    PLAN(Set.of(201, 202), Set.of(404, 422), true),
    EXECUTE(Set.of(202), Set.of(404, 409), false),
    CANCEL(Set.of(202), Set.of(404, 409), false),
    JOB(Set.of(200), Set.of(404), false),
    EVENTS(Set.of(200, 204), Set.of(404), false),
    JOBS(Set.of(200), Set.of(), false),
    INVENTORY(Set.of(200), Set.of(), true);

    private final Set<Integer> granting;
    private final Set<Integer> refusing;
    private final boolean asksCloud;

    Call(Set<Integer> granting, Set<Integer> refusing, boolean asksCloud) {
        this.granting = granting;
        this.refusing = refusing;
        this.asksCloud = asksCloud;
    }

    boolean grants(int status) {
        return granting.contains(status);
    }

    /** Whether this may be refused so; whether it rightly was is told by the log in the end. */
    boolean refuses(int status) {
        return refusing.contains(status);
    }

    /** Whether the cloud has to be asked, so that the answer may be that it is away. */
    boolean asksCloud() {
        return asksCloud;
    }
}
