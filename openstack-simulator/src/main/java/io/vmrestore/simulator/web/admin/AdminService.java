package io.vmrestore.simulator.web.admin;

import io.vmrestore.simulator.cloud.Cloud;
import io.vmrestore.simulator.engine.Refused;
import io.vmrestore.simulator.faults.Fault;
import io.vmrestore.simulator.faults.FaultRule;
import io.vmrestore.simulator.sample.SampleCloud;
import io.vmrestore.simulator.sample.SampleCloud.Tenant;
import io.vmrestore.simulator.web.Answer;
import io.vmrestore.simulator.web.Call;
import io.vmrestore.simulator.web.Dispatcher;
import io.vmrestore.simulator.web.Json;
import io.vmrestore.simulator.web.Routes;
import io.vmrestore.simulator.web.Service;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/** The simulator's own pages, without any login: health, faults, revoked tokens and further servers. */
public final class AdminService implements Service {
    private static final int MAX_ADDED = 10_000;

    private final Cloud cloud;

    public AdminService(Cloud cloud) {
        this.cloud = cloud;
    }

    @Override
    public Routes routes(Dispatcher dispatcher) {
        return new Routes(dispatcher, new AdminDialect(), "")
                .open(HttpMethod.GET, "/health", this::health)
                .open(HttpMethod.GET, "/faults", this::list)
                .open(HttpMethod.POST, "/faults", this::add)
                .open(HttpMethod.DELETE, "/faults", this::clear)
                .open(HttpMethod.DELETE, "/faults/{fault}", this::remove)
                .open(HttpMethod.DELETE, "/tokens", this::revoke)
                .open(HttpMethod.POST, "/servers", this::addServers);
    }

    private Answer health(Call call) {
        return Answer.ok(Json.object().put("status", "UP"));
    }

    private Answer list(Call call) {
        return Answer.ok(Json.object(
                "faults",
                Json.array(cloud.faults().rules().stream().map(FaultJson::write).toList())));
    }

    private Answer add(Call call) {
        ObjectNode body = call.json();
        String match = FaultJson.match(body);
        try {
            Fault fault = FaultJson.fault(body);
            FaultRule rule = cloud.faults()
                    .add(
                            match,
                            FaultJson.count(body, "every"),
                            FaultJson.count(body, "times"),
                            FaultJson.duration(body),
                            fault);
            return Answer.of(201, FaultJson.write(rule));
        } catch (JacksonException | IllegalArgumentException e) {
            throw Refused.badRequest("Not a fault: " + e.getMessage());
        }
    }

    private Answer clear(Call call) {
        cloud.faults().clear();
        return Answer.empty(204);
    }

    /** Revokes every token of the user with the given name, or of everybody. */
    private Answer revoke(Call call) {
        @Nullable String name = call.query("user");
        cloud.identity()
                .users()
                .filter(user -> name == null || user.name().equals(name))
                .forEach(user -> cloud.tokens().forgetAllOf(user.id()));
        return Answer.empty(204);
    }

    private Answer addServers(Call call) {
        ObjectNode body = call.json();
        @Nullable String name = Json.text(body, "tenant");
        Tenant tenant = Stream.of(Tenant.values())
                .filter(known -> known.projectName().equals(name))
                .findFirst()
                .orElseThrow(() -> Refused.badRequest(
                        "'tenant' is to name a tenant of the sample cloud, such as " + Tenant.A.projectName() + "."));
        @Nullable Integer count = Json.integer(body, "count");
        if (count == null || count < 1 || count > MAX_ADDED) {
            throw Refused.badRequest("'count' is to be a number of servers, 1 to " + MAX_ADDED + ".");
        }
        if (cloud.identity().findProject(tenant.projectId()).isEmpty()) {
            throw Refused.badRequest("This cloud was not filled with the sample cloud.");
        }
        int first = SampleCloud.countAdded(cloud, tenant);
        List<String> ids = SampleCloud.addServers(cloud, tenant, first, count);
        return Answer.of(201, Json.object("servers", Json.strings(ids)));
    }

    private Answer remove(Call call) {
        if (!cloud.faults().remove(call.path("fault"))) {
            throw Refused.notFound("There is no fault " + call.path("fault") + ".");
        }
        return Answer.empty(204);
    }
}
