package io.vmrestore.gateway.testing;

import io.vmrestore.gateway.GatewayApplication;
import io.vmrestore.support.access.Audience;
import io.vmrestore.support.access.Reach;
import io.vmrestore.support.access.Role;
import io.vmrestore.support.access.TokenIssuer;
import io.vmrestore.support.access.TokenSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.web.reactive.server.WebTestClient;

/** The whole application on a random port, as standalone starts it. */
public final class RunningGateway implements AutoCloseable {
    /** The operators' project, by name, in Keystone's domain Default. */
    public static final String OPERATORS = "operators";

    public static final String SECRET = "a test secret that is long enough for HS256";

    private final ConfigurableApplicationContext context;

    /** Starts with restore switched on; further settings as {@code NAME=value} win over the defaults here. */
    public RunningGateway(String... settings) {
        Map<String, String> arguments = new LinkedHashMap<>(Map.of(
                "server.port", "0",
                "management.server.port", "0",
                "server.address", "127.0.0.1",
                "spring.lifecycle.timeout-per-shutdown-phase", "1s",
                "RESTORE_ENABLED", "true",
                "OS_PROJECT_NAME", OPERATORS,
                "RESTORE_JWT_SECRET", SECRET));
        for (String setting : settings) {
            String[] sides = setting.split("=", 2);
            arguments.put(sides[0], sides[1]);
        }
        context = GatewayApplication.builder()
                .run(arguments.entrySet().stream()
                        .map(argument -> "--" + argument.getKey() + "=" + argument.getValue())
                        .toArray(String[]::new));
    }

    public int port() {
        return ((WebServerApplicationContext) context).getWebServer().getPort();
    }

    public ConfigurableApplicationContext context() {
        return context;
    }

    public WebTestClient anonymous() {
        return WebTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + port())
                .responseTimeout(Duration.ofSeconds(30))
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(16 * 1024 * 1024))
                .build();
    }

    /** A client that sends an access token of this user, whose role counts for every project. */
    public WebTestClient as(String user, Role role) {
        return as(user, Reach.everywhere(role));
    }

    /** A client that sends an access token of this user. */
    public WebTestClient as(String user, Reach reach) {
        return anonymous()
                .mutate()
                .defaultHeaders(headers -> headers.setBearerAuth(token(user, reach)))
                .build();
    }

    /** An access token of this user, as the gateway issues them. */
    public static String token(String user, Reach reach) {
        return new TokenIssuer(new TokenSettings(SECRET, Duration.ZERO), Clock.systemUTC())
                .issue(Audience.GATEWAY, user, reach, Duration.ofHours(1));
    }

    /** A user name that no other test has. */
    public static String newUser() {
        return "user-" + UUID.randomUUID();
    }

    @Override
    public void close() {
        context.close();
    }
}
