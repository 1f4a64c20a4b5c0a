package io.vmrestore.simulator.web.compute;

import io.vmrestore.simulator.engine.Refused;
import io.vmrestore.simulator.web.Call;

/** What Nova lets administrators alone do, in its words. */
final class Policies {
    private Policies() {}

    static void requireAdmin(Call call, String rule) {
        if (!call.caller().isAdmin()) {
            throw Refused.forbidden("Policy doesn't allow " + rule + " to be performed.");
        }
    }

    static void requireMember(Call call, String rule) {
        if (!call.caller().mayChange()) {
            throw Refused.forbidden("Policy doesn't allow " + rule + " to be performed.");
        }
    }
}
