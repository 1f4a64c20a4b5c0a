package io.vmrestore.simulator.web;

import io.vmrestore.simulator.faults.Fault;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Answers that are not the service's: of proxies, load balancers and gateways in front; none has a request id. */
final class Foreign {
    private static final int MOVED = 301;
    private static final MediaType HTML = MediaType.TEXT_HTML;

    private Foreign() {}

    static Mono<ServerResponse> notFound(Fault.@Nullable Front by) {
        return switch (by == null ? Fault.Front.NGINX : by) {
            case NGINX -> nginx(404, "404 Not Found", null);
            case APACHE -> page(404, "Apache", null, """
                <!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN">
                <html><head>
                <title>404 Not Found</title>
                </head><body>
                <h1>Not Found</h1>
                <p>The requested URL was not found on this server.</p>
                </body></html>
                """);
            case GATEWAY ->
                ServerResponse.status(404)
                        .contentType(MediaType.APPLICATION_JSON)
                        .bodyValue("{\"message\":\"no Route matched with those values\"}"
                                .getBytes(StandardCharsets.UTF_8));
            case SILENT -> ServerResponse.status(404).build();
        };
    }

    static Mono<ServerResponse> away(ServerRequest request, Fault.ServiceAway fault) {
        @Nullable Integer wait = fault.retryAfter();
        return switch (fault.how() == null ? Fault.Absence.UNAVAILABLE : fault.how()) {
            case CLOSED -> Connections.close(request);
            case SILENT -> Mono.never();
            case UNAVAILABLE ->
                haproxy(503, "503 Service Unavailable", "No server is available to handle this request.", wait);
            case BAD_GATEWAY -> nginx(502, "502 Bad Gateway", wait);
            case GATEWAY_TIMEOUT -> haproxy(504, "504 Gateway Time-out", "The server didn't respond in time.", wait);
            case TOO_MANY_REQUESTS -> nginx(429, "429 Too Many Requests", wait);
        };
    }

    static Mono<ServerResponse> redirect(Fault.Redirected fault, String target) {
        ServerResponse.BodyBuilder answer = ServerResponse.status(fault.status() == null ? MOVED : fault.status());
        if (fault.to() != null) {
            answer.location(URI.create(fault.to().replace("{path}", target)));
        }
        return answer.build();
    }

    private static Mono<ServerResponse> nginx(int status, String title, @Nullable Integer wait) {
        return page(
                status,
                "nginx",
                wait,
                "<html>\r\n<head><title>" + title + "</title></head>\r\n<body>\r\n<center><h1>" + title
                        + "</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n");
    }

    private static Mono<ServerResponse> haproxy(int status, String title, String text, @Nullable Integer wait) {
        return page(status, null, wait, "<html><body><h1>" + title + "</h1>\n" + text + "\n</body></html>\n");
    }

    private static Mono<ServerResponse> page(int status, @Nullable String server, @Nullable Integer wait, String html) {
        ServerResponse.BodyBuilder answer = ServerResponse.status(status).contentType(HTML);
        if (server != null) {
            answer.header("Server", server);
        }
        if (wait != null) {
            answer.header("Retry-After", wait.toString());
        }
        return answer.bodyValue(html.getBytes(StandardCharsets.UTF_8));
    }
}
