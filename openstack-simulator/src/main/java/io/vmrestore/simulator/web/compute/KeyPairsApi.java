package io.vmrestore.simulator.web.compute;

import io.vmrestore.simulator.cloud.Cloud;
import io.vmrestore.simulator.cloud.compute.KeyPair;
import io.vmrestore.simulator.cloud.compute.KeyPairs;
import io.vmrestore.simulator.cloud.compute.ServerLimits;
import io.vmrestore.simulator.engine.Refused;
import io.vmrestore.simulator.web.Answer;
import io.vmrestore.simulator.web.Call;
import io.vmrestore.simulator.web.Json;
import io.vmrestore.simulator.web.Routes;
import io.vmrestore.simulator.web.Schema;
import io.vmrestore.simulator.web.Timestamps;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** {@code /os-keypairs}: keys belong to users; from 2.10 an administrator may name the user. */
final class KeyPairsApi {
    private static final int TYPE_SINCE = 2;
    private static final int USER_SINCE = 10;
    private static final int WIDER_NAMES_SINCE = 92;
    private static final int MAX_NAME = 255;
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_\\- ]+");
    private static final Pattern WIDER_NAME = Pattern.compile("[a-zA-Z0-9_\\- @.]+");

    private final KeyPairs keyPairs;
    private final ServerLimits limits;

    KeyPairsApi(Cloud cloud) {
        this.limits = cloud.servers().limits();
        this.keyPairs = cloud.servers().keyPairs();
    }

    void register(Routes routes) {
        routes.get("/os-keypairs", this::list)
                .post("/os-keypairs", this::add)
                .get("/os-keypairs/{name}", this::show)
                .delete("/os-keypairs/{name}", this::delete);
    }

    private Answer list(Call call) {
        List<ObjectNode> views = keyPairs.ofUser(user(call))
                .map(key -> Json.object("keypair", summary(call, key)))
                .toList();
        return Answer.ok(Json.object("keypairs", Json.array(views)));
    }

    private Answer add(Call call) {
        ObjectNode wanted = call.json("keypair");
        Schema.object("keypair", wanted, fields(call), List.of("name"));
        @Nullable String publicKey = Json.text(wanted, "public_key");
        @Nullable String name = Json.text(wanted, "name");
        if (publicKey == null || name == null) {
            throw Refused.badRequest("Invalid input for field/attribute keypair. The simulator takes public keys over;"
                    + " it makes none: 'name' and 'public_key' are required.");
        }
        boolean wide = call.version().atLeast(WIDER_NAMES_SINCE);
        if (name.length() > MAX_NAME
                || !(wide ? WIDER_NAME : NAME).matcher(name).matches()) {
            throw Refused.badRequest("Keypair data is invalid: Keypair name contains unsafe characters");
        }
        @Nullable String user = Json.text(wanted, "user_id");
        if (user != null && !user.equals(call.caller().userId())) {
            requireAdmin(call);
        }
        String owner = user == null ? call.caller().userId() : user;
        int used = Math.toIntExact(keyPairs.ofUser(owner).count());
        if (!limits.quotas().allows(call.caller().projectId(), "key_pairs", used, 1)) {
            throw Refused.forbidden("Quota exceeded, too many key pairs.");
        }
        KeyPair key = keyPairs.add(owner, name, publicKey);
        ObjectNode view = Json.object();
        if (call.version().atLeast(TYPE_SINCE)) {
            view.put("type", "ssh");
        }
        view.put("name", key.name())
                .put("public_key", key.publicKey())
                .put("fingerprint", key.fingerprint())
                .put("user_id", key.userId());
        return Answer.of(call.version().atLeast(TYPE_SINCE) ? 201 : 200, Json.object("keypair", view));
    }

    private static Set<String> fields(Call call) {
        Set<String> fields = new HashSet<>(Set.of("name", "public_key"));
        if (call.version().atLeast(TYPE_SINCE)) {
            fields.add("type");
        }
        if (call.version().atLeast(USER_SINCE)) {
            fields.add("user_id");
        }
        return fields;
    }

    private Answer show(Call call) {
        KeyPair key = keyPairs.get(user(call), call.path("name"));
        ObjectNode view = Json.object()
                .put("name", key.name())
                .put("public_key", key.publicKey())
                .put("fingerprint", key.fingerprint())
                .put("user_id", key.userId())
                .put("created_at", Timestamps.stored(key.createdAt()))
                .put("deleted", false)
                .putNull("deleted_at")
                .put("id", key.number())
                .putNull("updated_at");
        if (call.version().atLeast(TYPE_SINCE)) {
            view.put("type", "ssh");
        }
        return Answer.ok(Json.object("keypair", view));
    }

    private Answer delete(Call call) {
        keyPairs.delete(user(call), call.path("name"));
        return Answer.empty(call.version().atLeast(TYPE_SINCE) ? 204 : 202);
    }

    private static ObjectNode summary(Call call, KeyPair key) {
        ObjectNode view = Json.object()
                .put("name", key.name())
                .put("public_key", key.publicKey())
                .put("fingerprint", key.fingerprint());
        if (call.version().atLeast(TYPE_SINCE)) {
            view.put("type", "ssh");
        }
        return view;
    }

    private static String user(Call call) {
        @Nullable String wanted = call.version().atLeast(USER_SINCE) ? call.query("user_id") : null;
        if (wanted == null || wanted.equals(call.caller().userId())) {
            return call.caller().userId();
        }
        requireAdmin(call);
        return wanted;
    }

    private static void requireAdmin(Call call) {
        if (!call.caller().isAdmin()) {
            throw Refused.forbidden("Policy doesn't allow os_compute_api:os-keypairs:show to be performed.");
        }
    }
}
