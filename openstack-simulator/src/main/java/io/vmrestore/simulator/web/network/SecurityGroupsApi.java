package io.vmrestore.simulator.web.network;

import io.vmrestore.simulator.cloud.Cloud;
import io.vmrestore.simulator.cloud.network.SecurityGroup;
import io.vmrestore.simulator.cloud.network.SecurityGroupRule;
import io.vmrestore.simulator.cloud.network.SecurityGroups;
import io.vmrestore.simulator.engine.Refused;
import io.vmrestore.simulator.web.Answer;
import io.vmrestore.simulator.web.Call;
import io.vmrestore.simulator.web.Json;
import io.vmrestore.simulator.web.Routes;
import io.vmrestore.simulator.web.kind.Bodies;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /security-groups} and {@code /security-group-rules}. */
final class SecurityGroupsApi {
    private static final Set<String> GROUP =
            Set.of("id", "name", "tenant_id", "project_id", "description", "tags", "shared", "stateful");
    private static final Set<String> RULE = Set.of(
            "id",
            "tenant_id",
            "project_id",
            "security_group_id",
            "direction",
            "ethertype",
            "protocol",
            "port_range_min",
            "port_range_max",
            "remote_ip_prefix",
            "remote_group_id",
            "remote_address_group_id",
            "description");
    private static final List<String> RULE_SHOWN_AGAIN =
            List.of("port_range_max", "remote_ip_prefix", "normalized_cidr", "remote_address_group_id", "description");

    private final Cloud cloud;
    private final SecurityGroups groups;
    private final Overlay overlay;
    private final Bodies bodies = new Bodies(new NetworkManner());

    SecurityGroupsApi(Cloud cloud, Overlay overlay) {
        this.cloud = cloud;
        this.groups = cloud.securityGroups();
        this.overlay = overlay;
    }

    void register(Routes routes) {
        routes.get("/security-groups", this::list)
                .post("/security-groups", this::create)
                .get("/security-groups/{group}", this::show)
                .put("/security-groups/{group}", this::update)
                .delete("/security-groups/{group}", this::delete)
                .get("/security-group-rules", this::rules)
                .post("/security-group-rules", this::addRule)
                .get("/security-group-rules/{rule}", this::rule)
                .delete("/security-group-rules/{rule}", this::removeRule);
    }

    private Answer list(Call call) {
        groups.defaultOf(call.caller().projectId());
        return NetworkLists.answer(
                call, "security_groups", visible(call).map(this::view), GROUP, SecurityGroupsApi::missing);
    }

    private Answer show(Call call) {
        return Answer.ok(Json.object("security_group", view(group(call))));
    }

    private Answer create(Call call) {
        ObjectNode fields = bodies.creation(NetworkKinds.GROUP, call.json("security_group"));
        requireMember(call, "create_security_group");
        String project = NetworksApi.owner(call, call.json("security_group"));
        requireQuota(project, "security_group", groups.ofProject(project).count());
        String name = fields.path("name").asString("");
        if (name.equals(SecurityGroup.DEFAULT)) {
            throw Refused.conflict("SecurityGroupDefaultAlreadyExists", "Default security group already exists.");
        }
        List<SecurityGroupRule> rules = Stream.of("IPv4", "IPv6")
                .map(type -> new SecurityGroupRule(cloud.engine().newId(), "egress", type, null, null, null))
                .toList();
        SecurityGroup group = groups.add(new SecurityGroup(
                cloud.engine().newId(),
                project,
                name,
                fields.path("description").asString(""),
                rules,
                cloud.engine().now()));
        return Answer.of(201, Json.object("security_group", view(group)));
    }

    private Answer update(Call call) {
        SecurityGroup group = group(call);
        ObjectNode fields = bodies.change(NetworkKinds.GROUP, call.json("security_group"));
        requireMember(call, "update_security_group");
        if (fields.has("name") && group.name().equals(SecurityGroup.DEFAULT)) {
            throw Refused.conflict("SecurityGroupCannotUpdateDefault", "Updating default security group not allowed.");
        }
        SecurityGroup changed = groups.add(new SecurityGroup(
                group.id(),
                group.projectId(),
                fields.has("name") ? fields.path("name").asString("") : group.name(),
                fields.has("description") ? fields.path("description").asString("") : group.description(),
                group.rules(),
                group.createdAt()));
        return Answer.ok(Json.object("security_group", view(changed)));
    }

    private Answer delete(Call call) {
        SecurityGroup group = group(call);
        requireMember(call, "delete_security_group");
        if (group.name().equals(SecurityGroup.DEFAULT) && !call.caller().isAdmin()) {
            throw Refused.conflict(
                    "SecurityGroupCannotRemoveDefault", "Insufficient rights for removing default security group.");
        }
        boolean used = cloud.ports()
                .all()
                .anyMatch(port -> port.settings().securityGroups().contains(group.id()));
        if (used) {
            throw Refused.conflict("SecurityGroupInUse", "Security Group " + group.id() + " in use.");
        }
        groups.remove(group.id());
        overlay.forget(group.id());
        group.rules().forEach(rule -> overlay.forget(rule.id()));
        return Answer.empty(204);
    }

    private Answer rules(Call call) {
        groups.defaultOf(call.caller().projectId());
        return NetworkLists.answer(
                call,
                "security_group_rules",
                visible(call).flatMap(group -> group.rules().stream().map(rule -> view(group, rule))),
                RULE,
                SecurityGroupsApi::missingRule);
    }

    private Answer rule(Call call) {
        return onRule(call, owned -> Answer.ok(Json.object("security_group_rule", view(owned.group(), owned.rule()))));
    }

    private Answer addRule(Call call) {
        ObjectNode fields = bodies.creation(NetworkKinds.RULE, call.json("security_group_rule"));
        RuleChecks.check(fields);
        requireMember(call, "create_security_group_rule");
        SecurityGroup group =
                groups.visible(call.caller(), fields.path("security_group_id").asString(""));
        @Nullable String remote = Json.text(fields, "remote_group_id");
        if (remote != null) {
            groups.visible(call.caller(), remote);
        }
        requireQuota(
                group.projectId(),
                "security_group_rule",
                groups.ofProject(group.projectId())
                        .mapToLong(own -> own.rules().size())
                        .sum());
        @Nullable String prefix = Json.text(fields, "remote_ip_prefix");
        fields.put("normalized_cidr", prefix);
        SecurityGroupRule rule = new SecurityGroupRule(
                cloud.engine().newId(),
                fields.path("direction").asString(""),
                RuleChecks.ethertype(fields),
                Json.text(fields, "protocol"),
                Json.integer(fields, "port_range_min"),
                remote);
        requireNew(group, rule, fields);
        List<SecurityGroupRule> rules = new ArrayList<>(group.rules());
        rules.add(rule);
        groups.add(group.with(rules));
        overlay.keep(call.caller(), rule.id(), fields, RULE_SHOWN_AGAIN);
        return Answer.of(201, Json.object("security_group_rule", view(group, rule)));
    }

    private Answer removeRule(Call call) {
        return onRule(call, owned -> {
            requireMember(call, "delete_security_group_rule");
            groups.add(owned.group()
                    .with(owned.group().rules().stream()
                            .filter(rule -> !rule.id().equals(owned.rule().id()))
                            .toList()));
            overlay.forget(owned.rule().id());
            return Answer.empty(204);
        });
    }

    private record Owned(SecurityGroup group, SecurityGroupRule rule) {}

    private Answer onRule(Call call, Function<Owned, Answer> action) {
        String id = call.path("rule");
        return visible(call)
                .flatMap(group -> group.rules().stream()
                        .filter(rule -> rule.id().equals(id))
                        .map(rule -> new Owned(group, rule)))
                .findFirst()
                .map(action)
                .orElseThrow(() -> missingRule(id));
    }

    /** Two rules that say the same are a conflict. */
    private void requireNew(SecurityGroup group, SecurityGroupRule rule, ObjectNode fields) {
        for (SecurityGroupRule other : group.rules()) {
            ObjectNode view = view(group, other);
            boolean same = other.direction().equals(rule.direction())
                    && other.ethertype().equals(rule.ethertype())
                    && Objects.equals(other.protocol(), rule.protocol())
                    && Objects.equals(other.port(), rule.port())
                    && Objects.equals(other.remoteGroupId(), rule.remoteGroupId())
                    && same(view.path("port_range_max"), fields.path("port_range_max"))
                    && same(view.path("remote_ip_prefix"), fields.path("remote_ip_prefix"));
            if (same) {
                throw Refused.conflict(
                        "SecurityGroupRuleExists",
                        "Security group rule already exists. Rule id is " + other.id() + ".");
            }
        }
    }

    private static boolean same(JsonNode one, JsonNode other) {
        return one.asString("")
                .toLowerCase(Locale.ROOT)
                .equals(other.asString("").toLowerCase(Locale.ROOT));
    }

    private ObjectNode view(SecurityGroup group) {
        ObjectNode view = overlay.on(NetworkViews.securityGroup(group));
        view.path("security_group_rules").forEach(rule -> {
            if (rule instanceof ObjectNode one) {
                overlay.on(one);
            }
        });
        return view;
    }

    private ObjectNode view(SecurityGroup group, SecurityGroupRule rule) {
        return overlay.on(NetworkViews.rule(group, rule));
    }

    private Stream<SecurityGroup> visible(Call call) {
        return groups.all().filter(group -> call.caller().sees(group.projectId()));
    }

    private SecurityGroup group(Call call) {
        return groups.visible(call.caller(), call.path("group"));
    }

    private void requireQuota(String project, String resource, long used) {
        if (!cloud.ports().quotas().allows(project, resource, Math.toIntExact(used), 1)) {
            throw Refused.conflict("OverQuota", "Quota exceeded for resources: ['" + resource + "'].");
        }
    }

    private static void requireMember(Call call, String rule) {
        if (!call.caller().mayChange()) {
            throw Refused.forbidden("rule:" + rule + " is disallowed by policy");
        }
    }

    private static Refused missing(String id) {
        return Refused.notFound("SecurityGroupNotFound", "Security group " + id + " does not exist");
    }

    private static Refused missingRule(String id) {
        return Refused.notFound("SecurityGroupRuleNotFound", "Security group rule " + id + " does not exist");
    }
}
