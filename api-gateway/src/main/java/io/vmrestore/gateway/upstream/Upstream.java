package io.vmrestore.gateway.upstream;

import io.vmrestore.common.codec.Json;
import io.vmrestore.gateway.access.OnBehalfOfCaller;
import io.vmrestore.support.http.HttpClients;
import java.net.URI;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.util.UriBuilder;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * One service behind the gateway. Every request carries a token that names the caller, which is checked there again,
 * and the request's id.
 */
public final class Upstream {
    private final WebClient client;

    /**
     * @param name of the service, in metrics of its connections
     * @param connectTimeout longest wait for a connection
     * @param mostConnections requests beyond wait as long for another to end
     * @param largestAnswer in bytes; what is larger is an error
     */
    public Upstream(
            String name,
            String url,
            Duration connectTimeout,
            int mostConnections,
            int largestAnswer,
            HttpClients clients,
            OnBehalfOfCaller onBehalf) {
        this.client = clients.toService(name, url, connectTimeout, mostConnections)
                .filter(onBehalf)
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(largestAnswer))
                .build();
    }

    /**
     * An answer, whatever its status.
     *
     * @param body null if it is no JSON
     */
    public record Answer(HttpStatusCode status, @Nullable JsonNode body) {}

    /** Asks; fails if no answer comes within the time. */
    public Mono<Answer> get(Function<UriBuilder, URI> uri, Duration longest) {
        return exchange(client.get().uri(uri), longest);
    }

    /** Posts a body as JSON in the names of the contract; otherwise as {@link #get}. */
    public Mono<Answer> post(String path, Object body, Duration longest) {
        return exchange(
                client.post()
                        .uri(path)
                        .contentType(MediaType.APPLICATION_JSON)
                        .bodyValue(Json.MAPPER.writeValueAsBytes(body)),
                longest);
    }

    private Mono<Answer> exchange(WebClient.RequestHeadersSpec<?> request, Duration longest) {
        return request.accept(MediaType.APPLICATION_JSON)
                .exchangeToMono(answer -> answer.toEntity(byte[].class))
                .timeout(longest)
                .map(Upstream::answer);
    }

    /** A path with parameters as variables, so that a value with &amp; or + or % arrives as it is. */
    public static URI withParameters(UriBuilder uri, MultiValueMap<String, String> parameters) {
        parameters.keySet().forEach(name -> uri.queryParam(name, "{" + name + "}"));
        return uri.build(parameters.toSingleValueMap());
    }

    private static Answer answer(ResponseEntity<byte[]> entity) {
        return new Answer(entity.getStatusCode(), json(entity.getBody()));
    }

    private static @Nullable JsonNode json(byte @Nullable [] body) {
        try {
            return body == null ? null : Json.MAPPER.readTree(body);
        } catch (JacksonException notJson) {
            return null;
        }
    }
}
