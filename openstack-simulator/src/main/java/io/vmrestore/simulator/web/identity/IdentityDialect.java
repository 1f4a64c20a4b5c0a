package io.vmrestore.simulator.web.identity;

import io.vmrestore.simulator.engine.Refused;
import io.vmrestore.simulator.web.Answer;
import io.vmrestore.simulator.web.Call;
import io.vmrestore.simulator.web.Dialect;
import io.vmrestore.simulator.web.Endpoint;
import io.vmrestore.simulator.web.Json;
import io.vmrestore.simulator.web.Microversion;
import io.vmrestore.simulator.web.VersionRange;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.ServerRequest;
import tools.jackson.core.JacksonException;

/** Keystone's manners: errors under {@code error} with a title, a lower-case request id header, no microversions. */
final class IdentityDialect implements Dialect {
    private static final Microversion VERSION = new Microversion(3, 14);

    @Override
    public String prefix() {
        return "/identity";
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
            case BAD_REQUEST -> error(400, "Bad Request", refused.text());
            case UNAUTHORIZED ->
                error(401, "Unauthorized", refused.text())
                        .with("WWW-Authenticate", "Keystone uri=\"" + base + "/identity/v3\"");
            case FORBIDDEN -> error(403, "Forbidden", refused.text());
            case NOT_FOUND -> error(404, "Not Found", refused.text());
            case CONFLICT, OVER_QUOTA, STALE -> error(409, "Conflict", refused.text());
            case UNAVAILABLE -> error(503, "Service Unavailable", refused.text());
        };
    }

    @Override
    public Answer error(int status, String message) {
        return error(status, "Error", message);
    }

    @Override
    public Answer notRouted() {
        return error(404, "Not Found", "The requested URL was not found on the server.");
    }

    /** HEAD is answered wherever GET is. */
    @Override
    public Answer otherMethod(Call call, Map<HttpMethod, Endpoint> methods) {
        Endpoint get = methods.get(HttpMethod.GET);
        if (get != null && HttpMethod.HEAD.equals(call.method())) {
            return get.handle(call);
        }
        return error(405, "Method Not Allowed", "The method is not allowed for the requested URL.")
                .with(
                        "Allow",
                        methods.keySet().stream().map(HttpMethod::name).sorted().collect(Collectors.joining(", ")));
    }

    @Override
    public boolean answersOtherMethods() {
        return true;
    }

    @Override
    public Refused malformedBody() {
        return Refused.badRequest("Expecting to find valid JSON in request body. The server could not comply with the"
                + " request since it is either malformed or otherwise incorrect. The client is assumed to be in"
                + " error.");
    }

    /** Keystone refuses any body that is no JSON object, even of a GET. */
    @Override
    public void checkBody(byte[] body) {
        if (body.length == 0) {
            return;
        }
        try {
            if (Json.MAPPER.readTree(body).isObject()) {
                return;
            }
        } catch (JacksonException notJson) {
            throw malformedBody();
        }
        throw malformedBody();
    }

    @Override
    public Map<String, String> headers(Microversion version) {
        return Map.of("Vary", "X-Auth-Token");
    }

    @Override
    public String[] requestIdHeaders() {
        return new String[] {"x-openstack-request-id"};
    }

    @Override
    public boolean wantsProject() {
        return false;
    }

    private static Answer error(int status, String title, String message) {
        return Answer.of(
                status,
                Json.object(
                        "error",
                        Json.object()
                                .put("code", status)
                                .put("message", message)
                                .put("title", title)));
    }
}
