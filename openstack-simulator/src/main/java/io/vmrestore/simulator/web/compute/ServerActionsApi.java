package io.vmrestore.simulator.web.compute;

import io.vmrestore.simulator.cloud.Cloud;
import io.vmrestore.simulator.cloud.compute.Servers;
import io.vmrestore.simulator.cloud.compute.VmState;
import io.vmrestore.simulator.cloud.identity.Caller;
import io.vmrestore.simulator.engine.Refused;
import io.vmrestore.simulator.web.Answer;
import io.vmrestore.simulator.web.Call;
import io.vmrestore.simulator.web.Json;
import io.vmrestore.simulator.web.Routes;
import io.vmrestore.simulator.web.Schema;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /servers/{id}/action}: power, locks, soft deletion's ends, and an administrator's reset. */
final class ServerActionsApi {
    private static final Set<String> OTHERS = Set.of(
            "pause",
            "unpause",
            "suspend",
            "resume",
            "resize",
            "confirmResize",
            "revertResize",
            "rebuild",
            "rescue",
            "unrescue",
            "createImage",
            "createBackup",
            "shelve",
            "shelveOffload",
            "unshelve",
            "migrate",
            "os-migrateLive",
            "evacuate",
            "changePassword",
            "addSecurityGroup",
            "removeSecurityGroup",
            "trigger_crash_dump",
            "resetNetwork",
            "injectNetworkInfo");

    private final Servers servers;

    ServerActionsApi(Cloud cloud) {
        this.servers = cloud.servers();
    }

    void register(Routes routes) {
        routes.post("/servers/{server}/action", this::act);
    }

    private Answer act(Call call) {
        String id = call.path("server");
        Caller caller = call.caller();
        ObjectNode body = call.json();
        String action = body.propertyNames().stream().findFirst().orElse("");
        JsonNode arguments = body.path(action);
        switch (action) {
            case "os-stop" -> servers.stop(caller, id);
            case "os-start" -> servers.start(caller, id);
            case "reboot" -> servers.reboot(caller, id, hard(arguments));
            case "lock" -> servers.lock(caller, id, lockedReason(arguments));
            case "unlock" -> servers.unlock(caller, id);
            case "forceDelete" -> servers.forceDelete(caller, id);
            case "restore" -> servers.restore(caller, id);
            case "os-resetState" -> servers.reset(caller, id, state(arguments));
            case "os-getConsoleOutput" -> {
                return consoleOf(call);
            }
            default -> throw noSuchAction(call, action);
        }
        return Answer.empty(202);
    }

    /** There is no guest, hence an empty console. */
    private Answer consoleOf(Call call) {
        servers.visible(call.caller(), call.path("server"));
        return Answer.ok(Json.object().put("output", ""));
    }

    /** An action that Nova has, but not here, looks for the server first. */
    private Refused noSuchAction(Call call, String action) {
        if (OTHERS.contains(action)) {
            servers.visible(call.caller(), call.path("server"));
        }
        return Refused.badRequest("There is no such action: " + action);
    }

    private static boolean hard(JsonNode reboot) {
        @Nullable String type = Json.text(reboot, "type");
        boolean hard = "HARD".equals(type);
        if (!hard && !"SOFT".equals(type)) {
            throw Schema.invalid("type", String.valueOf(type), "'" + type + "' is not one of ['HARD', 'SOFT']");
        }
        return hard;
    }

    private static VmState state(JsonNode reset) {
        @Nullable String state = Json.text(reset, "state");
        return switch (state == null ? "" : state) {
            case "active" -> VmState.ACTIVE;
            case "error" -> VmState.ERROR;
            default ->
                throw Schema.invalid(
                        "state", String.valueOf(state), "'" + state + "' is not one of ['active', 'error']");
        };
    }

    private static @Nullable String lockedReason(JsonNode lock) {
        return lock.isObject() ? Json.text(lock, "locked_reason") : null;
    }
}
