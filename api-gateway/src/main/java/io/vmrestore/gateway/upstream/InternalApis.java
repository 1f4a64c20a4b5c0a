package io.vmrestore.gateway.upstream;

import io.vmrestore.common.codec.Json;
import io.vmrestore.gateway.access.OnBehalfOfCaller;
import io.vmrestore.support.access.Audience;
import io.vmrestore.support.http.HttpClients;
import java.time.Duration;
import org.springframework.http.codec.json.JacksonJsonDecoder;
import org.springframework.http.codec.json.JacksonJsonEncoder;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.support.WebClientAdapter;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

/** Makes the interfaces of {@link io.vmrestore.support.api} callable, on behalf of whoever asks the gateway. */
@Component
public final class InternalApis {
    private final HttpClients clients;
    private final OnBehalfOfCaller onBehalf;

    InternalApis(HttpClients clients, OnBehalfOfCaller onBehalf) {
        this.clients = clients;
        this.onBehalf = onBehalf;
    }

    /**
     * The interfaces of one service. Answers are read as JSON in the names of the contract.
     *
     * @param service whose interfaces they are
     * @param name of the service's connections, in metrics
     * @param connectTimeout longest wait for a connection
     * @param mostConnections requests beyond wait as long for another to end
     * @param largestAnswer in bytes; what is larger is an error
     */
    public HttpServiceProxyFactory of(
            Audience service,
            String name,
            String url,
            Duration connectTimeout,
            int mostConnections,
            int largestAnswer) {
        WebClient client = clients.toService(name, url, connectTimeout, mostConnections)
                .filter(onBehalf.to(service))
                .codecs(codecs -> {
                    codecs.defaultCodecs().maxInMemorySize(largestAnswer);
                    codecs.defaultCodecs().jacksonJsonDecoder(new JacksonJsonDecoder(Json.MAPPER));
                    codecs.defaultCodecs().jacksonJsonEncoder(new JacksonJsonEncoder(Json.MAPPER));
                })
                .build();
        return HttpServiceProxyFactory.builderFor(WebClientAdapter.create(client))
                .build();
    }
}
