package io.vmrestore.gateway.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vmrestore.common.codec.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.databind.JsonNode;

/** A tiny HTTP server on a random port of the loopback interface, each request on a virtual thread. */
public final class StandInServer implements AutoCloseable {
    private final HttpServer server;

    /** What was asked. Header names are as the JDK's server spells them: {@code X-auth-token}. */
    public record Request(String method, URI uri, Map<String, List<String>> headers, byte[] body) {
        public @Nullable String header(String name) {
            List<String> values = headers.get(name.substring(0, 1).toUpperCase(Locale.ROOT)
                    + name.substring(1).toLowerCase(Locale.ROOT));
            return values == null ? null : values.getFirst();
        }

        /** Query parameters, decoded. */
        public MultiValueMap<String, String> parameters() {
            return UriComponentsBuilder.fromUriString("?" + (uri.getQuery() == null ? "" : uri.getQuery()))
                    .build()
                    .getQueryParams();
        }

        public JsonNode json() {
            return Json.MAPPER.readTree(body);
        }
    }

    /** A body that is written bit by bit; an exception breaks the connection off. */
    @FunctionalInterface
    public interface Feed {
        void write(OutputStream body) throws IOException;
    }

    /** What is answered. */
    public record Answer(
            int status,
            Map<String, String> headers,
            String body,
            @Nullable Feed feed) {
        public Answer(int status, Map<String, String> headers, String body) {
            this(status, headers, body, null);
        }

        /** A stream of events. */
        public static Answer stream(Feed feed) {
            return new Answer(200, Map.of("Content-Type", "text/event-stream;charset=UTF-8"), "", feed);
        }

        public static Answer json(int status, Object body) {
            return new Answer(status, Map.of("Content-Type", "application/json"), Json.MAPPER.writeValueAsString(body));
        }
    }

    public StandInServer(Function<Request, Answer> handler) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> handle(exchange, handler));
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private static void handle(HttpExchange exchange, Function<Request, Answer> handler) throws IOException {
        try (exchange) {
            Request request = new Request(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI(),
                    exchange.getRequestHeaders(),
                    exchange.getRequestBody().readAllBytes());
            Answer answer = handler.apply(request);
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            if (answer.feed() != null) {
                exchange.sendResponseHeaders(answer.status(), 0);
                answer.feed().write(exchange.getResponseBody());
                return;
            }
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
