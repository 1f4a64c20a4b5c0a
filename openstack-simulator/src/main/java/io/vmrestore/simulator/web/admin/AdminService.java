package io.vmrestore.simulator.web.admin;

import io.vmrestore.simulator.cloud.Cloud;
import io.vmrestore.simulator.cloud.Refused;
import io.vmrestore.simulator.faults.Fault;
import io.vmrestore.simulator.faults.FaultRule;
import io.vmrestore.simulator.web.Answer;
import io.vmrestore.simulator.web.Call;
import io.vmrestore.simulator.web.Dispatcher;
import io.vmrestore.simulator.web.Json;
import io.vmrestore.simulator.web.Routes;
import io.vmrestore.simulator.web.Service;
import org.springframework.http.HttpMethod;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/** The simulator's own pages, without any login: {@code /simulator/health} and {@code /simulator/faults}. */
public final class AdminService implements Service {
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
                .open(HttpMethod.DELETE, "/faults/{fault}", this::remove);
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
            FaultRule rule =
                    cloud.faults().add(match, FaultJson.count(body, "every"), FaultJson.count(body, "times"), fault);
            return Answer.of(201, FaultJson.write(rule));
        } catch (JacksonException | IllegalArgumentException e) {
            throw Refused.badRequest("Not a fault: " + e.getMessage());
        }
    }

    private Answer clear(Call call) {
        cloud.faults().clear();
        return Answer.empty(204);
    }

    private Answer remove(Call call) {
        if (!cloud.faults().remove(call.path("fault"))) {
            throw Refused.notFound("There is no fault " + call.path("fault") + ".");
        }
        return Answer.empty(204);
    }
}
