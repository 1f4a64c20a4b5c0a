package io.vmrestore.simulator.web.volume;

import io.vmrestore.simulator.engine.Refused;
import io.vmrestore.simulator.web.Answer;
import io.vmrestore.simulator.web.Dialect;
import io.vmrestore.simulator.web.Microversion;
import io.vmrestore.simulator.web.ServiceErrors;
import io.vmrestore.simulator.web.VersionNotAvailable;
import io.vmrestore.simulator.web.VersionRange;
import java.util.Map;
import org.springframework.web.reactive.function.server.ServerRequest;
import tools.jackson.databind.node.ObjectNode;

/** Cinder's manners: a version header that does not name it is refused, and over quota is 413 with Retry-After 0. */
final class VolumeDialect implements Dialect {
    private static final Microversion LOWEST = new Microversion(3, 0);
    private static final Microversion HIGHEST = new Microversion(3, 70);

    @Override
    public String prefix() {
        return "/volume";
    }

    @Override
    public VersionRange versions() {
        return new VersionRange(LOWEST, HIGHEST);
    }

    @Override
    public Microversion version(ServerRequest request, VersionRange available) throws VersionNotAvailable {
        String header = request.headers().firstHeader("OpenStack-API-Version");
        if (header == null) {
            return available.lowest();
        }
        String wanted = Microversion.wanted(header, "volume")
                .orElseThrow(() -> Refused.badRequest("The server could not comply with the request since it is either"
                        + " malformed or otherwise incorrect."));
        return available.pick(wanted, this::headers);
    }

    @Override
    public Answer refusal(Refused refused, String base) {
        return switch (refused.kind()) {
            case BAD_REQUEST -> ServiceErrors.wrapped("badRequest", 400, refused.text());
            case UNAUTHORIZED -> ServiceErrors.unauthorized(refused, base);
            case FORBIDDEN -> ServiceErrors.wrapped("forbidden", 403, refused.text());
            case NOT_FOUND -> ServiceErrors.wrapped("itemNotFound", 404, refused.text());
            case CONFLICT, STALE -> ServiceErrors.wrapped("conflictingRequest", 409, refused.text());
            case OVER_QUOTA -> overLimit(refused);
            case UNAVAILABLE -> ServiceErrors.wrapped("serviceUnavailable", 503, refused.text());
        };
    }

    private static Answer overLimit(Refused refused) {
        Answer answer = ServiceErrors.wrapped("overLimit", 413, refused.text());
        if (answer.body() != null && answer.body().get("overLimit") instanceof ObjectNode error) {
            error.put("retryAfter", "0");
        }
        return answer.with("Retry-After", "0");
    }

    @Override
    public Answer error(int status, String message) {
        return ServiceErrors.wrapped(status == 404 ? "itemNotFound" : "computeFault", status, message);
    }

    @Override
    public Answer notRouted() {
        return ServiceErrors.noSuchPath();
    }

    @Override
    public Refused malformedBody() {
        return Refused.badRequest("Malformed request body");
    }

    @Override
    public Map<String, String> headers(Microversion version) {
        return Map.of("Openstack-Api-Version", "volume " + version, "Vary", "OpenStack-API-Version");
    }

    @Override
    public String[] requestIdHeaders() {
        return new String[] {"X-Openstack-Request-Id", "X-Compute-Request-Id"};
    }
}
