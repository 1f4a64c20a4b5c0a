package io.vmrestore.simulator.web.compute;

import io.vmrestore.simulator.engine.Refused;
import io.vmrestore.simulator.web.Answer;
import io.vmrestore.simulator.web.Dialect;
import io.vmrestore.simulator.web.Microversion;
import io.vmrestore.simulator.web.ServiceErrors;
import io.vmrestore.simulator.web.VersionNotAvailable;
import io.vmrestore.simulator.web.VersionRange;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.web.reactive.function.server.ServerRequest;

/** Nova's manners: a version header for other services is ignored, and over quota is 403. */
final class ComputeDialect implements Dialect {
    private static final Microversion LOWEST = new Microversion(2, 1);
    private static final Microversion HIGHEST = new Microversion(2, 93);

    @Override
    public String prefix() {
        return "/compute";
    }

    @Override
    public VersionRange versions() {
        return new VersionRange(LOWEST, HIGHEST);
    }

    @Override
    public Microversion version(ServerRequest request, VersionRange available) throws VersionNotAvailable {
        Optional<String> wanted = Optional.ofNullable(request.headers().firstHeader("OpenStack-API-Version"))
                .flatMap(header -> Microversion.wanted(header, "compute"))
                .or(() -> Optional.ofNullable(request.headers().firstHeader("X-OpenStack-Nova-API-Version")));
        if (wanted.isEmpty()) {
            return available.lowest();
        }
        return available.pick(wanted.get(), this::headers);
    }

    @Override
    public Answer refusal(Refused refused, String base) {
        return switch (refused.kind()) {
            case BAD_REQUEST -> ServiceErrors.wrapped("badRequest", 400, refused.text());
            case UNAUTHORIZED -> ServiceErrors.unauthorized(refused, base);
            case FORBIDDEN, OVER_QUOTA -> ServiceErrors.wrapped("forbidden", 403, refused.text());
            case NOT_FOUND -> ServiceErrors.wrapped("itemNotFound", 404, refused.text());
            case CONFLICT, STALE -> ServiceErrors.wrapped("conflictingRequest", 409, refused.text());
            case UNAVAILABLE -> ServiceErrors.wrapped("serviceUnavailable", 503, refused.text());
        };
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
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Openstack-Api-Version", "compute " + version);
        headers.put("X-Openstack-Nova-Api-Version", version.toString());
        headers.put("Vary", "OpenStack-API-Version, X-OpenStack-Nova-API-Version");
        return headers;
    }

    @Override
    public String[] requestIdHeaders() {
        return new String[] {"X-Openstack-Request-Id", "X-Compute-Request-Id"};
    }
}
