package io.vmrestore.gateway.access;

import org.springframework.http.HttpHeaders;
import org.springframework.security.web.server.header.ServerHttpHeadersWriter;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Content-Security-Policy: what a browser may load and run for an answer. The wizard gets files of this gateway alone,
 * no inline script or style, and no way to turn text into HTML or code (Trusted Types); answers of the API get nothing.
 */
final class ContentPolicy implements ServerHttpHeadersWriter {
    static final String HEADER = "Content-Security-Policy";

    private static final String NOTHING =
            "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    private static final String WIZARD = NOTHING
            + "; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'"
            + "; require-trusted-types-for 'script'; trusted-types 'none'";

    /** Swagger UI, which the page at /docs consists of, writes inline styles and has images in data URLs. */
    private static final String DOCUMENTATION = NOTHING
            + "; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'"
            + "; font-src 'self'";

    @Override
    public Mono<Void> writeHttpHeaders(ServerWebExchange exchange) {
        return Mono.fromRunnable(() -> {
            HttpHeaders headers = exchange.getResponse().getHeaders();
            String path =
                    exchange.getRequest().getPath().pathWithinApplication().value();
            headers.set(HEADER, policy(path));
            headers.set("Cross-Origin-Opener-Policy", "same-origin");
            headers.set("Cross-Origin-Resource-Policy", "same-origin");
            headers.set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()");
        });
    }

    private static String policy(String path) {
        if (path.startsWith("/ui/")) {
            return WIZARD;
        }
        return path.startsWith("/swagger-ui/") || path.startsWith("/webjars/swagger-ui/") ? DOCUMENTATION : NOTHING;
    }
}
