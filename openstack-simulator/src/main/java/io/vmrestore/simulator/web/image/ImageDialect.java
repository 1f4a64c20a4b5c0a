package io.vmrestore.simulator.web.image;

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
import java.util.stream.Collectors;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.ServerRequest;

/** Glance's manners: errors as message, code and title. */
final class ImageDialect implements Dialect {
    private static final Microversion VERSION = new Microversion(2, 15);

    /** Recording keystone/062. */
    private static final String UNAUTHORIZED = "This server could not verify that you are authorized to access the"
            + " document you requested. Either you supplied the wrong credentials (e.g., bad password), or your browser"
            + " does not understand how to supply the credentials required.<br /><br />\n\n\n";

    @Override
    public String prefix() {
        return "/image";
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
            case UNAUTHORIZED ->
                error(401, "Unauthorized", UNAUTHORIZED)
                        .with("Www-Authenticate", "Keystone uri=\"" + base + "/identity/v3\"");
            case FORBIDDEN -> error(403, "Forbidden", refused.text());
            case NOT_FOUND -> error(404, "Not Found", refused.text());
            case BAD_REQUEST -> error(400, "Bad Request", refused.text());
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
        return ServiceErrors.noSuchPath();
    }

    @Override
    public Answer otherMethod(Call call, Map<HttpMethod, Endpoint> methods) {
        return ServiceErrors.methodNotAllowed(call.method())
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
        return Refused.badRequest("Malformed JSON in request body.");
    }

    @Override
    public Map<String, String> headers(Microversion version) {
        return Map.of();
    }

    @Override
    public String[] requestIdHeaders() {
        return new String[] {"X-Openstack-Request-Id"};
    }

    private static Answer error(int status, String title, String message) {
        return Answer.of(
                status,
                Json.object()
                        .put("message", message)
                        .put("code", status + " " + title)
                        .put("title", title));
    }
}
