package io.vmrestore.simulator.web.compute;

import io.vmrestore.simulator.cloud.Cloud;
import io.vmrestore.simulator.cloud.compute.Flavor;
import io.vmrestore.simulator.engine.Refused;
import io.vmrestore.simulator.engine.Table;
import io.vmrestore.simulator.web.Answer;
import io.vmrestore.simulator.web.Call;
import io.vmrestore.simulator.web.Json;
import io.vmrestore.simulator.web.Paging;
import io.vmrestore.simulator.web.Routes;
import java.util.List;
import java.util.function.BiFunction;
import tools.jackson.databind.node.ObjectNode;

/** {@code /flavors}. */
final class FlavorsApi {
    private static final int DESCRIPTION_SINCE = 55;
    private static final int EXTRA_SPECS_SINCE = 61;
    private static final int NUMERIC_SWAP_SINCE = 75;

    private final Table<Flavor> flavors;

    FlavorsApi(Cloud cloud) {
        this.flavors = cloud.servers().flavors();
    }

    void register(Routes routes) {
        routes.get("/flavors", call -> list(call, FlavorsApi::summary))
                .get("/flavors/detail", call -> list(call, FlavorsApi::full))
                .get("/flavors/{flavor}", this::show)
                .get("/flavors/{flavor}/os-extra_specs", this::extraSpecs);
    }

    private Answer list(Call call, BiFunction<Call, Flavor, ObjectNode> view) {
        Paging.Page<Flavor> page = Paging.page(
                call,
                List.copyOf(flavors.all()),
                Flavor::id,
                marker -> Refused.badRequest("marker [" + marker + "] not found"));
        ObjectNode body = Json.object(
                "flavors",
                Json.array(page.items().stream()
                        .map(flavor -> view.apply(call, flavor))
                        .toList()));
        if (page.next() != null) {
            body.set("flavors_links", page.links());
        }
        return Answer.ok(body);
    }

    private Answer show(Call call) {
        return Answer.ok(Json.object("flavor", full(call, flavor(call))));
    }

    private Answer extraSpecs(Call call) {
        return Answer.ok(Json.object("extra_specs", Json.strings(flavor(call).extraSpecs())));
    }

    private Flavor flavor(Call call) {
        String id = call.path("flavor");
        return flavors.find(id).orElseThrow(() -> Refused.notFound("Flavor " + id + " could not be found."));
    }

    private static ObjectNode summary(Call call, Flavor flavor) {
        ObjectNode view = Json.object().put("id", flavor.id()).put("name", flavor.name());
        view.set("links", ServerViews.links(call, "flavors", flavor.id()));
        if (call.version().atLeast(DESCRIPTION_SINCE)) {
            view.putNull("description");
        }
        return view;
    }

    private static ObjectNode full(Call call, Flavor flavor) {
        ObjectNode view = Json.object()
                .put("id", flavor.id())
                .put("name", flavor.name())
                .put("ram", flavor.ram())
                .put("disk", flavor.disk());
        if (call.version().atLeast(NUMERIC_SWAP_SINCE)) {
            view.put("swap", 0);
        } else {
            view.put("swap", "");
        }
        view.put("OS-FLV-EXT-DATA:ephemeral", 0)
                .put("OS-FLV-DISABLED:disabled", false)
                .put("vcpus", flavor.vcpus())
                .put("os-flavor-access:is_public", true)
                .put("rxtx_factor", 1.0);
        view.set("links", ServerViews.links(call, "flavors", flavor.id()));
        if (call.version().atLeast(DESCRIPTION_SINCE)) {
            view.putNull("description");
        }
        if (call.version().atLeast(EXTRA_SPECS_SINCE)) {
            view.set("extra_specs", Json.strings(flavor.extraSpecs()));
        }
        return view;
    }
}
