package io.vmrestore.gateway.wizard;

import io.vmrestore.support.problem.Problem;
import io.vmrestore.support.problem.ProblemKind;
import java.net.URI;
import java.time.Duration;
import java.util.function.Supplier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.MediaTypeFactory;
import org.springframework.web.reactive.function.server.RequestPredicate;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/**
 * Serves the wizard below {@code /ui/}, apart from the API, so that an unknown path of the API stays a 404. Every path
 * there but those of files is answered with the one page, which reads the place it is to show from the path.
 */
@Configuration(proxyBeanMethods = false)
class PagesConfiguration {
    private static final CacheControl ALWAYS_ASK = CacheControl.noCache();
    private static final CacheControl FOREVER =
            CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable();

    /**
     * @param location where the files are; from a folder on disk ({@code file:…}) they are read again for each request,
     *     for whoever works on them
     */
    @Bean
    RouterFunction<ServerResponse> pages(@Value("${gateway.pages:classpath:/pages/}") String location) {
        PageFiles atStart = PageFiles.in(location);
        Supplier<PageFiles> files = location.startsWith("file:") ? () -> PageFiles.in(location) : () -> atStart;
        return RouterFunctions.route()
                .route(
                        get("/").or(get("/ui")),
                        _ -> ServerResponse.temporaryRedirect(URI.create("/ui/"))
                                .build())
                .route(get("/ui/assets/{version}/{*path}"), request -> asset(request, files.get()))
                .route(get("/ui/**"), _ -> index(files.get()))
                .build();
    }

    private static Mono<ServerResponse> index(PageFiles files) {
        return ServerResponse.ok()
                .contentType(MediaType.TEXT_HTML)
                .cacheControl(ALWAYS_ASK)
                .eTag(files.version())
                .bodyValue(files.index());
    }

    /** Another version than ours belongs to a gateway that is being replaced; its page works with our files, once. */
    private static Mono<ServerResponse> asset(ServerRequest request, PageFiles files) {
        String path = request.pathVariable("path").substring(1);
        byte[] content = files.content(path);
        if (content == null) {
            return Mono.error(() -> Problem.of(ProblemKind.NOT_FOUND, "The wizard has no file " + path + ".")
                    .asException());
        }
        boolean ours = request.pathVariable("version").equals(files.version());
        return ServerResponse.ok()
                .contentType(MediaTypeFactory.getMediaType(path).orElse(MediaType.APPLICATION_OCTET_STREAM))
                .cacheControl(ours ? FOREVER : ALWAYS_ASK)
                .eTag(files.version())
                .bodyValue(content);
    }

    private static RequestPredicate get(String pattern) {
        return RequestPredicates.methods(HttpMethod.GET, HttpMethod.HEAD).and(RequestPredicates.path(pattern));
    }
}
