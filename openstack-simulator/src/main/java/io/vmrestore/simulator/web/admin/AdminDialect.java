package io.vmrestore.simulator.web.admin;

import io.vmrestore.simulator.engine.Refused;
import io.vmrestore.simulator.web.Answer;
import io.vmrestore.simulator.web.Dialect;
import io.vmrestore.simulator.web.Json;
import io.vmrestore.simulator.web.Microversion;
import io.vmrestore.simulator.web.VersionRange;
import java.util.Map;
import org.springframework.web.reactive.function.server.ServerRequest;

/** The simulator's own manners: plain messages. */
final class AdminDialect implements Dialect {
    @Override
    public String prefix() {
        return "/simulator";
    }

    @Override
    public VersionRange versions() {
        return VersionRange.only(new Microversion(1, 0));
    }

    @Override
    public Microversion version(ServerRequest request, VersionRange available) {
        return available.highest();
    }

    @Override
    public Answer refusal(Refused refused, String base) {
        int status = refused.kind() == Refused.Kind.NOT_FOUND ? 404 : 400;
        return error(status, refused.text());
    }

    @Override
    public Answer error(int status, String message) {
        return Answer.of(status, Json.object().put("message", message));
    }

    @Override
    public Answer notRouted() {
        return error(404, "There is no such page.");
    }

    @Override
    public Refused malformedBody() {
        return Refused.badRequest("The body is not a JSON object.");
    }

    @Override
    public Map<String, String> headers(Microversion version) {
        return Map.of();
    }

    @Override
    public String[] requestIdHeaders() {
        return new String[] {"X-Openstack-Request-Id"};
    }
}
