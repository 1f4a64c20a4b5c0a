package io.vmrestore.openstack.transport;

import com.fasterxml.jackson.databind.JsonNode;
import io.vmrestore.openstack.failure.CloudException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openstack4j.core.transport.ClientConstants;
import org.openstack4j.core.transport.HttpRequest;
import org.openstack4j.core.transport.internal.HttpExecutor;

/**
 * Agrees with each service once on an API version: ours, or the service's newest if that is older and still enough.
 * Each service gets its own header, because Cinder answers 400 to one that names only compute.
 */
public final class Versions {

    private static final Pattern ROOT = Pattern.compile("^(.*?/v\\d+(?:\\.\\d+)?)(?:/.*)?$");

    private final Map<String, String> agreed = new ConcurrentHashMap<>();

    /** Knows nothing yet. */
    public Versions() {}

    /** The value of {@code OpenStack-API-Version} for the service at the endpoint; null if it has no microversions. */
    @Nullable
    String header(Service service, String endpoint, String tokenId) {
        ApiVersion wanted = service.wanted();
        ApiVersion least = service.least();
        if (wanted == null || least == null) {
            return null;
        }
        Matcher matcher = ROOT.matcher(endpoint);
        String root = matcher.matches() ? matcher.group(1) : endpoint;
        String known = agreed.get(root);
        if (known != null) {
            return known;
        }
        // Two threads may both ask at the start; they get the same answer.
        ApiVersion newest = newest(root, tokenId).orElse(wanted);
        if (newest.compareTo(least) < 0) {
            throw new CloudException.Misconfigured(Call.current()
                    .failed(
                            "GET",
                            root,
                            200,
                            "the cloud's newest %s API version is %s, but %s is needed"
                                    .formatted(service.versionName(), newest, least),
                            null));
        }
        String header = service.versionName() + " " + (newest.compareTo(wanted) < 0 ? newest : wanted);
        agreed.put(root, header);
        return header;
    }

    /** Empty if the service does not tell; then ours is tried, and a 406 will name the service's range. */
    private static Optional<ApiVersion> newest(String root, String tokenId) {
        HttpRequest<JsonNode> question = HttpRequest.builder(JsonNode.class)
                .endpoint(root)
                .path("/")
                .header(ClientConstants.HEADER_X_AUTH_TOKEN, tokenId)
                .build();
        try {
            JsonNode answer = HttpExecutor.create().execute(question).getEntity(JsonNode.class);
            return Stream.concat(
                            Stream.of(answer.path("version")),
                            answer.path("versions").valueStream())
                    .flatMap(version -> ApiVersion.parse(version.path("version").asText()).stream())
                    .max(ApiVersion::compareTo);
        } catch (CloudException.NotFound | CloudException.Forbidden | CloudException.Misconfigured e) {
            return Optional.empty();
        } catch (CloudException.Unavailable e) {
            if (e.call().status() == 404) {
                // Some proxies pass on nothing but the paths of resources.
                return Optional.empty();
            }
            throw e;
        }
    }
}
