package io.vmrestore.verification.benchmarks.system;

import io.vmrestore.verification.benchmarks.readings.Counter;
import io.vmrestore.verification.benchmarks.readings.Source;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;

/** The way of one service to the cloud, which counts the calls. The cloud's links name it, as it is what was called. */
final class CloudProxy implements Source, AutoCloseable {
    static final String GROUP = "cloud calls";
    static final String ALL = "all";
    static final String CHANGES = "that change something";

    private static final Set<String> READS = Set.of("GET", "HEAD");
    private static final String LOGIN = "/auth/tokens";

    private final String caller;
    private final DisposableServer server;
    private final Map<Counter, Double> counters = new ConcurrentHashMap<>();

    /**
     * Opens a proxy on a free port.
     *
     * @param caller the service in the table
     * @param cloud base URL of the simulated cloud
     */
    CloudProxy(String caller, String cloud) {
        this.caller = caller;
        HttpClient client = HttpClient.create();
        this.server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle((request, response) -> {
                    count(request);
                    return client.headers(headers -> headers.set(request.requestHeaders()))
                            .request(request.method())
                            .uri(cloud + request.uri())
                            .send(request.receive().retain())
                            .response((answer, body) -> response.status(answer.status())
                                    .headers(answer.responseHeaders())
                                    .send(body.retain()));
                })
                .bindNow();
    }

    String url() {
        return "http://127.0.0.1:" + server.port();
    }

    @Override
    public Map<Counter, Double> read() {
        return Map.copyOf(counters);
    }

    @Override
    public void close() {
        server.disposeNow();
    }

    private void count(HttpServerRequest request) {
        String path = request.uri().replaceFirst("\\?.*", "");
        String service = path.replaceFirst("^/([^/]*).*", "$1");
        add(ALL);
        add(caller);
        add(caller + ", " + service);
        if (!READS.contains(request.method().name()) && !path.endsWith(LOGIN)) {
            add(CHANGES);
        }
    }

    /** Callers are parts of one counter, as the sums are over all of them. */
    private void add(String name) {
        counters.merge(new Counter(GROUP, name, caller), 1.0, Double::sum);
    }
}
