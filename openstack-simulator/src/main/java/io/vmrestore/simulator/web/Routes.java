package io.vmrestore.simulator.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/** Collects the calls of one service. */
public final class Routes {
    private final Dispatcher dispatcher;
    private final Dialect dialect;
    private final List<String> roots;
    private final UnaryOperator<Endpoint> guard;
    private final RouterFunctions.Builder builder = RouterFunctions.route();
    private final Map<String, Map<HttpMethod, Endpoint>> known = new LinkedHashMap<>();

    /** @param root the path, below the service's prefix, under which every call is found */
    public Routes(Dispatcher dispatcher, Dialect dialect, String root) {
        this(dispatcher, dialect, List.of(root), UnaryOperator.identity());
    }

    /**
     * @param roots the paths, below the service's prefix, under each of which every call is found
     * @param guard what is checked before every call
     */
    public Routes(Dispatcher dispatcher, Dialect dialect, List<String> roots, UnaryOperator<Endpoint> guard) {
        this.dispatcher = dispatcher;
        this.dialect = dialect;
        this.roots = List.copyOf(roots);
        this.guard = guard;
    }

    public Routes get(String path, Endpoint endpoint) {
        return add(HttpMethod.GET, path, endpoint);
    }

    public Routes head(String path, Endpoint endpoint) {
        return add(HttpMethod.HEAD, path, endpoint);
    }

    public Routes post(String path, Endpoint endpoint) {
        return add(HttpMethod.POST, path, endpoint);
    }

    public Routes put(String path, Endpoint endpoint) {
        return add(HttpMethod.PUT, path, endpoint);
    }

    public Routes patch(String path, Endpoint endpoint) {
        return add(HttpMethod.PATCH, path, endpoint);
    }

    public Routes delete(String path, Endpoint endpoint) {
        return add(HttpMethod.DELETE, path, endpoint);
    }

    /** A call that needs no token; the path is taken below the prefix alone. */
    public Routes open(HttpMethod method, String path, Endpoint endpoint) {
        route(method, path, endpoint, false);
        return this;
    }

    /** A version document that wants a token; the path is taken below the prefix alone. */
    public Routes guardedDocument(String path, Endpoint endpoint) {
        route(HttpMethod.GET, path, endpoint, true);
        return this;
    }

    /** All calls, and the service's answer for every other path below its prefix. */
    public RouterFunction<ServerResponse> build() {
        known.forEach((path, methods) -> builder.route(
                RequestPredicates.path(dialect.prefix() + path),
                request -> dispatcher.dispatch(
                        request, dialect, call -> dialect.otherMethod(call, methods), dialect.answersOtherMethods())));
        builder.route(
                RequestPredicates.path(dialect.prefix() + "/**"),
                request -> dispatcher.dispatch(request, dialect, call -> dialect.notRouted(), false));
        return builder.build();
    }

    /** A call of any method. */
    public Routes add(HttpMethod method, String path, Endpoint endpoint) {
        Endpoint guarded = guard.apply(endpoint);
        for (String root : roots) {
            route(method, root + path, guarded, true);
            known.computeIfAbsent(root + path, unused -> new LinkedHashMap<>()).put(method, guarded);
        }
        return this;
    }

    private void route(HttpMethod method, String path, Endpoint endpoint, boolean tokenWanted) {
        builder.route(
                RequestPredicates.method(method).and(RequestPredicates.path(dialect.prefix() + path)),
                request -> dispatcher.dispatch(request, dialect, endpoint, tokenWanted));
    }
}
