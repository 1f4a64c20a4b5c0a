package io.vmrestore.simulator;

import io.vmrestore.simulator.cloud.Cloud;
import io.vmrestore.simulator.web.Dispatcher;
import io.vmrestore.simulator.web.Service;
import io.vmrestore.simulator.web.admin.AdminService;
import io.vmrestore.simulator.web.compute.ComputeService;
import io.vmrestore.simulator.web.identity.IdentityService;
import io.vmrestore.simulator.web.image.ImageService;
import io.vmrestore.simulator.web.network.NetworkService;
import io.vmrestore.simulator.web.volume.VolumeService;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.codec.ByteArrayDecoder;
import org.springframework.core.codec.ByteArrayEncoder;
import org.springframework.http.codec.DecoderHttpMessageReader;
import org.springframework.http.codec.EncoderHttpMessageWriter;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.reactive.function.server.HandlerStrategies;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/** All services behind one handler. */
public final class CloudRouter {
    private static final String SUFFIX = ".json";
    private static final String DETAILS = "/details.json";
    private static final int MAX_BODY = 4 << 20;
    private static final HandlerStrategies STRATEGIES = bytesOnly();

    private CloudRouter() {}

    /**
     * Answers every call to the cloud.
     *
     * @param advertisedUrl the base of all links; null: what each client called
     */
    public static HttpHandler handler(Cloud cloud, @Nullable String advertisedUrl) {
        Dispatcher dispatcher = new Dispatcher(cloud, advertisedUrl);
        List<Service> services = List.of(
                new IdentityService(cloud),
                new ComputeService(cloud),
                new VolumeService(cloud),
                new NetworkService(cloud),
                new ImageService(cloud),
                new AdminService(cloud));
        RouterFunction<ServerResponse> router = services.stream()
                .map(service -> service.routes(dispatcher).build())
                .reduce(RouterFunction::and)
                .orElseThrow()
                .and(dispatcher.moved("/moved"));
        HttpHandler routed = RouterFunctions.toHttpHandler(router, STRATEGIES);
        return (request, response) -> routed.handle(withoutSuffix(request), response);
    }

    /** Neutron takes every path with {@code .json} at its end as well. */
    private static ServerHttpRequest withoutSuffix(ServerHttpRequest request) {
        String path = request.getURI().getRawPath();
        boolean suffixed = path.startsWith("/network/v2.0/") && path.endsWith(SUFFIX) && !path.endsWith(DETAILS);
        return suffixed
                ? request.mutate()
                        .path(path.substring(0, path.length() - SUFFIX.length()))
                        .build()
                : request;
    }

    private static HandlerStrategies bytesOnly() {
        ByteArrayDecoder decoder = new ByteArrayDecoder();
        decoder.setMaxInMemorySize(MAX_BODY);
        return HandlerStrategies.empty()
                .codecs(codecs -> {
                    codecs.registerDefaults(false);
                    codecs.customCodecs().register(new DecoderHttpMessageReader<>(decoder));
                    codecs.customCodecs().register(new EncoderHttpMessageWriter<>(new ByteArrayEncoder()));
                })
                .build();
    }
}
