package io.vmrestore.simulator.web.network;

import io.vmrestore.simulator.engine.Refused;
import io.vmrestore.simulator.web.Answer;
import io.vmrestore.simulator.web.Call;
import io.vmrestore.simulator.web.Dialect;
import io.vmrestore.simulator.web.Endpoint;
import io.vmrestore.simulator.web.Json;
import io.vmrestore.simulator.web.Microversion;
import io.vmrestore.simulator.web.ServiceErrors;
import io.vmrestore.simulator.web.VersionRange;
import java.util.Map;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.ServerRequest;

/** Neutron's manners: errors under {@code NeutronError} with the name of their type, no microversions. */
final class NetworkDialect implements Dialect {
    private static final Microversion VERSION = new Microversion(2, 0);

    @Override
    public String prefix() {
        return "/network";
    }

    @Override
    public VersionRange versions() {
        return VersionRange.only(VERSION);
    }

    @Override
    public Microversion version(ServerRequest request, VersionRange available) {
        return available.highest();
    }

    @Override
    public Answer refusal(Refused refused, String base) {
        return switch (refused.kind()) {
            case BAD_REQUEST -> error(400, refused.type(), refused.text());
            case UNAUTHORIZED -> ServiceErrors.unauthorized(refused, base);
            case FORBIDDEN -> error(403, refused.type(), refused.text());
            case NOT_FOUND -> error(404, refused.type(), refused.text());
            case CONFLICT, OVER_QUOTA -> error(409, refused.type(), refused.text());
            case STALE -> error(412, refused.type(), refused.text());
            case UNAVAILABLE -> error(503, refused.type(), refused.text());
        };
    }

    @Override
    public Answer error(int status, String message) {
        return error(status, status == 501 ? "HTTPNotImplemented" : "HTTPError", message);
    }

    @Override
    public Answer notRouted() {
        return ServiceErrors.noSuchPath();
    }

    /** OPTIONS is taken for GET; what a path of another kind would have is not allowed here. */
    @Override
    public Answer otherMethod(Call call, Map<HttpMethod, Endpoint> methods) {
        Endpoint get = methods.get(HttpMethod.GET);
        if (get != null && HttpMethod.OPTIONS.equals(call.method())) {
            return get.handle(call);
        }
        return get == null ? notRouted() : ServiceErrors.methodNotAllowed(call.method());
    }

    @Override
    public boolean answersOtherMethods() {
        return true;
    }

    @Override
    public Refused malformedBody() {
        return Refused.badRequest("Body contains invalid data");
    }

    @Override
    public Map<String, String> headers(Microversion version) {
        return Map.of();
    }

    @Override
    public String[] requestIdHeaders() {
        return new String[] {"X-Openstack-Request-Id"};
    }

    private static Answer error(int status, String type, String message) {
        return Answer.of(
                status,
                Json.object(
                        "NeutronError",
                        Json.object().put("type", type).put("message", message).put("detail", "")));
    }
}
