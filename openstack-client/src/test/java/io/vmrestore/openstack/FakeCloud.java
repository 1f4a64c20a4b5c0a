package io.vmrestore.openstack;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vmrestore.openstack.settings.CloudSettings;
import io.vmrestore.openstack.settings.Credentials;
import io.vmrestore.openstack.settings.EndpointInterface;
import io.vmrestore.openstack.settings.ServiceUser;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All services on one port of this machine; answers what a test tells it to and notes what it was asked. */
final class FakeCloud implements AutoCloseable {

    /** The project that the recorded token is scoped to. */
    static final String PROJECT = "a47cf8b4a2c846d8b1410dbdc41cec4d";

    static final String PASSWORD = "s3cret-of-the-admin";
    static final String SERVICE_PASSWORD = "s3cret-of-the-service";

    record Request(
            String method, String path, @Nullable String query, Map<String, String> headers, String body, int port) {}

    interface Reply {
        void to(HttpExchange exchange, FakeCloud cloud) throws IOException;
    }

    private final HttpServer server;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Deque<Reply>> replies = new ConcurrentHashMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger tokens = new AtomicInteger();

    FakeCloud() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(executor);
        server.createContext("/", this::handle);
        server.start();
        on("POST", "/v3/auth/tokens", token(Duration.ofHours(1)));
        on("GET", "/v2.1/", recorded("nova/002-v2.1-root-slash"));
        on("GET", "/v3/", recorded("cinder/003-v3-root-with-token"));
        on("GET", "/", recorded("neutron/001-root-versions"));
    }

    /** From now on the path is answered so: one reply after the other, the last one for ever. */
    FakeCloud on(String method, String path, Reply... inTurn) {
        replies.put(method + " " + path, new ArrayDeque<>(Arrays.asList(inTurn)));
        return this;
    }

    /** From now on this recording's request gets its answer. */
    FakeCloud replay(String name) {
        Recording recording = Recording.of(name);
        return on(recording.method(), recording.path(), recorded(name));
    }

    List<Request> requests(String method, String path) {
        return requests.stream()
                .filter(request ->
                        request.method().equals(method) && request.path().equals(path))
                .toList();
    }

    List<Request> requests() {
        return List.copyOf(requests);
    }

    int tokensIssued() {
        return tokens.get();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    Credentials credentials() {
        return new Credentials("admin", "Default", PASSWORD, "tenant-a", null, "Default");
    }

    /** Without a service user, with short timeouts. */
    CloudSettings settings() {
        return settings(null);
    }

    /** With another region, or with none. */
    CloudSettings settingsOf(@Nullable String region, EndpointInterface endpointInterface) {
        return new CloudSettings(
                uri(), region, endpointInterface, credentials(), null, Duration.ofSeconds(2), Duration.ofSeconds(10));
    }

    CloudSettings settings(@Nullable ServiceUser serviceUser) {
        return new CloudSettings(
                uri(),
                "RegionOne",
                EndpointInterface.PUBLIC,
                credentials(),
                serviceUser,
                Duration.ofSeconds(2),
                Duration.ofSeconds(10));
    }

    static Reply recorded(String name) {
        Recording recording = Recording.of(name);
        return (exchange, cloud) -> {
            recording.headers().forEach(exchange.getResponseHeaders()::set);
            cloud.send(exchange, recording.status(), recording.body());
        };
    }

    static Reply json(int status, String body) {
        return typed("application/json", status, body);
    }

    static Reply typed(String contentType, int status, String body) {
        return (exchange, cloud) -> {
            exchange.getResponseHeaders().set("Content-Type", contentType);
            cloud.send(exchange, status, body);
        };
    }

    static Reply withHeader(String name, String value, Reply reply) {
        return (exchange, cloud) -> {
            exchange.getResponseHeaders().set(name, value);
            reply.to(exchange, cloud);
        };
    }

    /** A token as recorded, but with a number, this life and endpoints that lead here. */
    static Reply token(Duration life) {
        Recording recording = Recording.of("keystone/004-token-project-scope");
        return (exchange, cloud) -> {
            exchange.getResponseHeaders().set("X-Subject-Token", "token-" + cloud.tokens.incrementAndGet());
            Instant now = Instant.now();
            cloud.send(
                    exchange,
                    201,
                    recording
                            .body()
                            .replaceAll("\"expires_at\":\"[^\"]*\"", "\"expires_at\":\"" + now.plus(life) + "\"")
                            .replaceAll("\"issued_at\":\"[^\"]*\"", "\"issued_at\":\"" + now + "\""));
        };
    }

    /** A token with this catalog. */
    static Reply token(TestCatalog catalog) {
        Recording recording = Recording.of("keystone/004-token-project-scope");
        return (exchange, cloud) -> {
            exchange.getResponseHeaders().set("X-Subject-Token", "token-" + cloud.tokens.incrementAndGet());
            cloud.send(exchange, 201, catalog.in(recording.body()));
        };
    }

    /** The connection closes without an answer. */
    static Reply reset() {
        return (exchange, cloud) -> exchange.close();
    }

    /** Headers and half a body, then nothing until the cloud closes. */
    static Reply stalled() {
        return (exchange, cloud) -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write("{\"server\":".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
        };
    }

    private void handle(HttpExchange exchange) throws IOException {
        Map<String, String> headers = exchange.getRequestHeaders().entrySet().stream()
                .collect(Collectors.toMap(
                        header -> header.getKey().toLowerCase(Locale.ROOT),
                        header -> header.getValue().getFirst()));
        String path = exchange.getRequestURI().getRawPath();
        requests.add(new Request(
                exchange.getRequestMethod(),
                path,
                exchange.getRequestURI().getRawQuery(),
                headers,
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
                exchange.getRemoteAddress().getPort()));
        next(exchange.getRequestMethod() + " " + path).to(exchange, this);
    }

    private Reply next(String route) {
        Deque<Reply> inTurn = replies.get(route);
        if (inTurn == null) {
            return json(501, "{\"error\":{\"message\":\"the test did not expect " + route + "\"}}");
        }
        synchronized (inTurn) {
            return inTurn.size() > 1 ? inTurn.removeFirst() : inTurn.getFirst();
        }
    }

    private void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes =
                body.replaceAll("http://127\\.0\\.0\\.1:\\d+", uri().toString()).getBytes(StandardCharsets.UTF_8);
        boolean bodiless = bytes.length == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, bodiless ? -1 : bytes.length);
        if (!bodiless) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }
}
