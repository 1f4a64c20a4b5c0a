package io.vmrestore.gateway.session;

import io.vmrestore.gateway.access.AccessTokens;
import io.vmrestore.gateway.access.Caller;
import io.vmrestore.gateway.session.KeystoneLogin.Credentials;
import io.vmrestore.support.access.Permission;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Signing in, and who one is. */
@RestController
final class AuthController {
    private final KeystoneLogin login;
    private final AccessTokens tokens;

    AuthController(KeystoneLogin login, AccessTokens tokens) {
        this.login = login;
        this.tokens = tokens;
    }

    /** @param expiresIn seconds */
    record LoginAnswer(String accessToken, String tokenType, long expiresIn, User user) {}

    record User(String username, String role) {}

    record Me(String username, String role, List<String> permissions) {}

    @PostMapping(path = "/auth/login", consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<LoginAnswer> login(@RequestBody(required = false) byte @Nullable [] body, ServerWebExchange exchange) {
        Credentials credentials = LoginRequest.read(body);
        return login.login(credentials, clientAddress(exchange))
                .map(role -> new LoginAnswer(
                        tokens.issue(credentials.userName(), role),
                        "Bearer",
                        tokens.lifetime().toSeconds(),
                        new User(credentials.userName(), role.wireName())));
    }

    @GetMapping("/auth/me")
    Me me(@AuthenticationPrincipal Caller caller) {
        return new Me(
                caller.name(),
                caller.role().wireName(),
                caller.role().permissions().stream()
                        .sorted()
                        .map(Permission::wireName)
                        .toList());
    }

    // The peer's own address: a forwarding header could be invented to escape the limit of failed logins.
    private static String clientAddress(ServerWebExchange exchange) {
        InetSocketAddress address = exchange.getRequest().getRemoteAddress();
        return address == null ? "unknown" : address.getAddress().getHostAddress();
    }
}
