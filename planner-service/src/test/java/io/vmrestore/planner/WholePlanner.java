package io.vmrestore.planner;

import io.vmrestore.embedded.testing.KafkaTestConfiguration;
import io.vmrestore.simulator.Simulator;
import io.vmrestore.simulator.SimulatorSettings;
import io.vmrestore.simulator.sample.SampleCloud;
import io.vmrestore.simulator.sample.SampleCloud.Tenant;
import io.vmrestore.support.access.ServiceToken;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The whole service between a real broker and the simulated cloud. */
@SpringBootTest(
        classes = PlannerApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"spring.config.name=planner-service", "management.server.port=0"})
@Import(KafkaTestConfiguration.class)
@DirtiesContext
abstract class WholePlanner {
    static final Tenant TENANT = Tenant.A;
    static final int WINDOW = 4;
    static final String SECRET = "a test secret that is long enough for HS256";
    static final String REQUEST_ID = "req-0f1c9d2e-7a4b-4c1e-9f6e-2d3b4a5c6d7e";

    static Simulator cloud;

    @Autowired
    Environment environment;

    @BeforeAll
    static void startCloud() {
        cloud = Simulator.start(SimulatorSettings.instant());
    }

    @AfterAll
    static void stopCloud() {
        cloud.close();
    }

    @DynamicPropertySource
    static void environment(DynamicPropertyRegistry variables) {
        variables.add("OS_AUTH_URL", () -> cloud.authUrl());
        variables.add("OS_USERNAME", () -> SampleCloud.ADMIN);
        variables.add("OS_PASSWORD", () -> SampleCloud.ADMIN_PASSWORD);
        variables.add("OS_PROJECT_NAME", () -> "service");
        variables.add("SNAPSHOT_SERVICE_USER_EMAIL", () -> SampleCloud.SERVICE_USER);
        variables.add("SNAPSHOT_SERVICE_USER_PASSWORD", () -> SampleCloud.SERVICE_USER_PASSWORD);
        variables.add("SNAPSHOT_SERVICE_USER_DOMAIN", () -> "Default");
        variables.add("RESTORE_JWT_SECRET", () -> SECRET);
        variables.add("RESTORE_ENCRYPTION_KEY", () -> Base64.getEncoder().encodeToString(new byte[32]));
        variables.add("RESTORE_TOPIC_PARTITIONS", () -> "3");
        variables.add("RESTORE_PLANNING_WINDOW", () -> Integer.toString(WINDOW));
    }

    HttpResponse<String> inventory(String path, @Nullable String token) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(inventoryRequest(path, token), HttpResponse.BodyHandlers.ofString());
        }
    }

    HttpRequest inventoryRequest(String path, @Nullable String token) {
        URI uri = URI.create("http://127.0.0.1:" + environment.getProperty("local.server.port") + "/internal" + path);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).header("X-Openstack-Request-Id", REQUEST_ID);
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return request.build();
    }

    static String token(Object reach) {
        return token("superadmin", reach, SECRET);
    }

    static String token(String role, String secret) {
        return token(role, Map.of("everywhere", role), secret);
    }

    /** A token as the gateway issues them for this service. */
    static String token(String role, Object reach, String secret) {
        return token("planner-service", role, reach, secret);
    }

    static String token(String audience, String role, Object reach, String secret) {
        JwtClaimsSet claims = JwtClaimsSet.builder()
                .issuer("vm-restore")
                .audience(List.of(audience))
                .subject("olga")
                .claim("role", role)
                .claim("reach", reach)
                .expiresAt(Instant.now().plusSeconds(60))
                .build();
        return NimbusJwtEncoder.withSecretKey(ServiceToken.key(secret))
                .algorithm(MacAlgorithm.HS256)
                .build()
                .encode(JwtEncoderParameters.from(
                        JwsHeader.with(MacAlgorithm.HS256).build(), claims))
                .getTokenValue();
    }
}
