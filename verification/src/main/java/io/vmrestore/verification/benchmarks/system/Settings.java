package io.vmrestore.verification.benchmarks.system;

import io.vmrestore.embedded.DatabaseEndpoint;
import io.vmrestore.simulator.sample.SampleCloud;
import io.vmrestore.verification.processes.BrokerPart;
import io.vmrestore.verification.processes.DatabasePart;
import io.vmrestore.verification.processes.Ports;
import io.vmrestore.verification.processes.Role;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Ports, and what each process finds in its environment beside this JVM's own. */
final class Settings {
    private static final int KEY_BYTES = 32;

    private final Ports ports = new Ports();
    private final int controller = ports.next();
    private final Map<Role, Integer> listening = new EnumMap<>(Role.class);
    private final Map<Role, Integer> management = new EnumMap<>(Role.class);
    private final Path directory;
    private final CloudDelays delays;
    private final String jwtSecret = key();
    private final String encryptionKey = key();

    Settings(Path directory, CloudDelays delays) {
        this.directory = directory;
        this.delays = delays;
        for (Role role : Role.values()) {
            listening.put(role, ports.next());
            management.put(role, ports.next());
        }
    }

    String url(Role role) {
        return "http://127.0.0.1:" + port(role);
    }

    String managementUrl(Role role) {
        return "http://127.0.0.1:" + managementPort(role);
    }

    Path brokerDirectory() {
        return directory.resolve("kafka");
    }

    Path databaseDirectory() {
        return directory.resolve("postgresql");
    }

    DatabaseEndpoint database() {
        return new DatabaseEndpoint(
                "127.0.0.1",
                Integer.parseInt(port(Role.DATABASE)),
                DatabasePart.NAME,
                DatabasePart.USER,
                DatabasePart.password(databaseDirectory()));
    }

    /** @param cloud base URL of the cloud as the process is to know it */
    Map<String, String> of(Role role, String cloud) {
        return switch (role) {
            case BROKER ->
                Map.of(
                        BrokerPart.DIRECTORY, brokerDirectory().toString(),
                        BrokerPart.PORT, port(role),
                        BrokerPart.CONTROLLER_PORT, Integer.toString(controller),
                        BrokerPart.LISTENERS, "");
            case DATABASE ->
                Map.of(DatabasePart.DIRECTORY, databaseDirectory().toString(), DatabasePart.PORT, port(role));
            case SIMULATOR ->
                Map.of(
                        "SIMULATOR_PORT", port(role),
                        "SIMULATOR_VOLUME_DELAY", delays.volume().toMillis() + "ms",
                        "SIMULATOR_SERVER_DELAY", delays.server().toMillis() + "ms");
            case PLANNER, EXECUTOR, STATUS, GATEWAY -> service(role, cloud);
        };
    }

    private Map<String, String> service(Role role, String cloud) {
        Map<String, String> environment = new TreeMap<>();
        environment.put("RESTORE_" + role.name() + "_PORT", port(role));
        environment.put("RESTORE_" + role.name() + "_MANAGEMENT_PORT", managementPort(role));
        environment.put("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + port(Role.BROKER));
        environment.put("RESTORE_ENABLED", "true");
        environment.put("RESTORE_JWT_SECRET", jwtSecret);
        environment.put("RESTORE_ENCRYPTION_KEY", encryptionKey);
        // One caller signs in once.
        environment.put("RESTORE_TOKEN_LIFETIME", "24h");
        if (role == Role.STATUS) {
            DatabaseEndpoint database = database();
            environment.put("RESTORE_DB_HOST", database.host());
            environment.put("RESTORE_DB_PORT", Integer.toString(database.port()));
            environment.put("RESTORE_DB_NAME", database.database());
            environment.put("RESTORE_DB_USER", database.user());
            environment.put("RESTORE_DB_PASSWORD", database.password());
        } else {
            cloud(environment, cloud);
        }
        if (role == Role.GATEWAY) {
            environment.put("RESTORE_STATUS_URL", url(Role.STATUS));
            environment.put("RESTORE_PLANNER_URL", url(Role.PLANNER));
        }
        return environment;
    }

    private static void cloud(Map<String, String> environment, String cloud) {
        environment.put("OS_AUTH_URL", cloud + "/identity/v3");
        environment.put("OS_USERNAME", SampleCloud.ADMIN);
        environment.put("OS_PASSWORD", SampleCloud.ADMIN_PASSWORD);
        environment.put("OS_PROJECT_NAME", "service");
        environment.put("OS_REGION_NAME", "RegionOne");
        environment.put("SNAPSHOT_SERVICE_USER_EMAIL", SampleCloud.SERVICE_USER);
        environment.put("SNAPSHOT_SERVICE_USER_PASSWORD", SampleCloud.SERVICE_USER_PASSWORD);
        environment.put("SNAPSHOT_SERVICE_USER_DOMAIN", "default");
    }

    private String port(Role role) {
        return Objects.requireNonNull(listening.get(role)).toString();
    }

    private String managementPort(Role role) {
        return Objects.requireNonNull(management.get(role)).toString();
    }

    private static String key() {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return Base64.getEncoder().encodeToString(key);
    }
}
