package io.vmrestore.simulator.web.network;

import io.vmrestore.simulator.cloud.Cloud;
import io.vmrestore.simulator.cloud.identity.Caller;
import io.vmrestore.simulator.engine.Refused;
import io.vmrestore.simulator.web.Answer;
import io.vmrestore.simulator.web.Call;
import io.vmrestore.simulator.web.Json;
import io.vmrestore.simulator.web.Routes;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import tools.jackson.databind.node.ObjectNode;

/** The tags of networks, subnets, security groups and floating IPs; those of ports are with the ports. */
final class TagsApi {
    private static final String TAGS = "tags";

    private final Cloud cloud;
    private final Overlay overlay;

    TagsApi(Cloud cloud, Overlay overlay) {
        this.cloud = cloud;
        this.overlay = overlay;
    }

    void register(Routes routes) {
        register(routes, "networks", (caller, id) -> cloud.networks().visible(caller, id));
        register(routes, "subnets", (caller, id) -> cloud.networks().visibleSubnet(caller, id));
        register(
                routes,
                "security-groups",
                (caller, id) -> cloud.securityGroups().visible(caller, id));
        register(routes, "floatingips", (caller, id) -> cloud.floatingIps().visible(caller, id));
    }

    /** @param lookup refuses what the caller does not see */
    private void register(Routes routes, String plural, BiConsumer<Caller, String> lookup) {
        Place place = new Place(plural, lookup);
        String all = "/" + plural + "/{id}/tags";
        String one = all + "/{tag}";
        routes.get(all, call -> Answer.ok(Json.object(TAGS, Json.strings(tags(place.id(call))))))
                .put(all, call -> replace(call, place))
                .delete(all, call -> keep(call, place, Set.of(), 204))
                .get(one, call -> {
                    requireTag(call, place);
                    return Answer.empty(204);
                })
                .put(one, call -> {
                    Set<String> more = tags(place.id(call));
                    more.add(call.path("tag"));
                    return keep(call, place, more, 201);
                })
                .delete(one, call -> {
                    Set<String> left = requireTag(call, place);
                    left.remove(call.path("tag"));
                    return keep(call, place, left, 204);
                });
    }

    private record Place(String plural, BiConsumer<Caller, String> lookup) {
        /** The id of the resource that the call names and its caller sees. */
        String id(Call call) {
            String id = call.path("id");
            try {
                lookup.accept(call.caller(), id);
            } catch (Refused unseen) {
                throw Refused.notFound(
                        "TagResourceNotFound",
                        "Resource " + plural.replace('-', '_') + " " + id + " could not be found.");
            }
            return id;
        }
    }

    private Answer replace(Call call, Place place) {
        List<String> wanted = Json.list(call.json(), TAGS);
        keep(call, place, new TreeSet<>(wanted), 200);
        return Answer.ok(Json.object(TAGS, Json.strings(wanted)));
    }

    private Answer keep(Call call, Place place, Set<String> tags, int status) {
        String id = place.id(call);
        if (!call.caller().mayChange()) {
            throw Refused.forbidden(
                    "rule:update_" + place.plural().replace('-', '_') + "_tags is disallowed by policy");
        }
        ObjectNode fields = Json.object(TAGS, Json.strings(tags));
        overlay.keep(call.caller(), id, fields, List.of(TAGS));
        return Answer.empty(status);
    }

    private Set<String> tags(String id) {
        return new TreeSet<>(Json.list(overlay.on(Json.object().put("id", id)), TAGS));
    }

    private Set<String> requireTag(Call call, Place place) {
        Set<String> tags = tags(place.id(call));
        if (!tags.contains(call.path("tag"))) {
            throw Refused.notFound("TagNotFound", "Tag " + call.path("tag") + " could not be found.");
        }
        return tags;
    }
}
