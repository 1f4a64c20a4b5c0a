package io.vmrestore.simulator.cloud.network;

import io.vmrestore.simulator.cloud.identity.Caller;
import io.vmrestore.simulator.engine.Engine;
import io.vmrestore.simulator.engine.Refused;
import io.vmrestore.simulator.engine.Table;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Security groups; every project has one named {@value SecurityGroup#DEFAULT}, made when it is first needed. */
public final class SecurityGroups {
    private final Engine engine;
    private final Table<SecurityGroup> table;

    public SecurityGroups(Engine engine) {
        this.engine = engine;
        this.table = engine.table("security-groups", SecurityGroup.class);
    }

    public SecurityGroup add(SecurityGroup group) {
        return table.put(group);
    }

    public void remove(String id) {
        table.remove(id);
    }

    public Stream<SecurityGroup> all() {
        return table.stream();
    }

    public Stream<SecurityGroup> ofProject(String projectId) {
        return table.stream().filter(group -> group.projectId().equals(projectId));
    }

    public Optional<SecurityGroup> find(String id) {
        return table.find(id);
    }

    public SecurityGroup visible(Caller caller, String id) {
        return table.find(id)
                .filter(group -> caller.sees(group.projectId()))
                .orElseThrow(
                        () -> Refused.notFound("SecurityGroupNotFound", "Security group " + id + " does not exist"));
    }

    public SecurityGroup defaultOf(String projectId) {
        return ofProject(projectId)
                .filter(group -> group.name().equals(SecurityGroup.DEFAULT))
                .findFirst()
                .orElseGet(() -> makeDefault(projectId));
    }

    private SecurityGroup makeDefault(String projectId) {
        String id = engine.newId();
        List<SecurityGroupRule> rules = List.of(
                rule("egress", "IPv4", null),
                rule("egress", "IPv6", null),
                rule("ingress", "IPv4", id),
                rule("ingress", "IPv6", id));
        return table.put(
                new SecurityGroup(id, projectId, SecurityGroup.DEFAULT, "Default security group", rules, engine.now()));
    }

    private SecurityGroupRule rule(String direction, String ethertype, @Nullable String remoteGroupId) {
        return new SecurityGroupRule(engine.newId(), direction, ethertype, null, null, remoteGroupId);
    }
}
