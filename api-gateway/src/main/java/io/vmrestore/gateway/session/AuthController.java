package io.vmrestore.gateway.session;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.vmrestore.gateway.access.AccessTokens;
import io.vmrestore.gateway.access.Caller;
import io.vmrestore.gateway.access.Project;
import io.vmrestore.gateway.session.KeystoneLogin.Credentials;
import io.vmrestore.support.access.Permission;
import io.vmrestore.support.listener.ClientAddress;
import io.vmrestore.support.listener.TrustedProxies;
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

/** Signing in, choosing the project that the token speaks for, and who one is. */
@RestController
final class AuthController {
    private final KeystoneLogin login;
    private final ProjectChoice choice;
    private final AccessTokens tokens;
    private final TrustedProxies proxies;

    AuthController(KeystoneLogin login, ProjectChoice choice, AccessTokens tokens, TrustedProxies proxies) {
        this.login = login;
        this.choice = choice;
        this.tokens = tokens;
        this.proxies = proxies;
    }

    /**
     * A token.
     *
     * @param expiresIn seconds
     * @param project that it speaks for; null if for none yet, or for all
     * @param projects to choose from; absent once one is chosen
     */
    record TokenAnswer(
            String accessToken,
            String tokenType,
            long expiresIn,
            User user,
            @Nullable Project project,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            List<Project> projects) {}

    /** @param role null before a project is chosen */
    record User(String username, @Nullable String role) {}

    /** @param role null before a project is chosen */
    record Me(
            String username,
            @Nullable String role,
            @Nullable Project project,
            List<String> permissions) {}

    record Projects(List<Project> projects) {}

    @PostMapping(path = "/auth/login", consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<TokenAnswer> login(@RequestBody(required = false) byte @Nullable [] body, ServerWebExchange exchange) {
        Credentials credentials = LoginRequest.read(body);
        return login.login(credentials, clientAddress(exchange))
                .map(signedIn -> answer(signedIn.caller(), signedIn.projects()));
    }

    @GetMapping("/auth/projects")
    Mono<Projects> projects(@AuthenticationPrincipal Caller caller) {
        return choice.projects(caller).map(Projects::new);
    }

    @PostMapping(path = "/auth/project", consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<TokenAnswer> project(
            @RequestBody(required = false) byte @Nullable [] body, @AuthenticationPrincipal Caller caller) {
        return choice.choose(caller, ProjectRequest.read(body).projectId()).map(chosen -> answer(chosen, null));
    }

    @GetMapping("/auth/me")
    Me me(@AuthenticationPrincipal Caller caller) {
        return new Me(
                caller.name(),
                caller.roleName(),
                caller.project(),
                caller.reach().permissions().stream()
                        .sorted()
                        .map(Permission::wireName)
                        .toList());
    }

    private TokenAnswer answer(Caller caller, @Nullable List<Project> projects) {
        AccessTokens.Issued issued = tokens.issue(caller);
        return new TokenAnswer(
                issued.token(),
                "Bearer",
                issued.validFor().toSeconds(),
                new User(caller.name(), caller.roleName()),
                caller.project(),
                projects);
    }

    /** A forwarding header counts only if a trusted proxy sends it: it could be invented to escape the limits. */
    private String clientAddress(ServerWebExchange exchange) {
        return ClientAddress.network(proxies.client(exchange.getRequest())).getHostAddress();
    }
}
