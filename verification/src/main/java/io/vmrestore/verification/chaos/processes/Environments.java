package io.vmrestore.verification.chaos.processes;

import io.vmrestore.simulator.sample.SampleCloud;
import io.vmrestore.verification.processes.BrokerPart;
import io.vmrestore.verification.processes.DatabasePart;
import io.vmrestore.verification.processes.Member;
import io.vmrestore.verification.processes.Role;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What each process finds in its environment. */
final class Environments {
    private static final int KEY_BYTES = 32;

    private final Path directory;
    private final Addresses addresses;
    private final Links links;
    private final String guarantee;
    private final String jwtSecret = key();
    private final String encryptionKey = key();

    Environments(Path directory, Addresses addresses, Links links, String guarantee) {
        this.directory = directory;
        this.addresses = addresses;
        this.links = links;
        this.guarantee = guarantee;
    }

    Map<String, String> of(Member member) {
        return switch (member.role()) {
            case BROKER -> broker();
            case DATABASE -> database();
            case SIMULATOR -> simulator();
            case PLANNER, EXECUTOR, STATUS, GATEWAY -> service(member);
        };
    }

    private Map<String, String> broker() {
        return Map.of(
                BrokerPart.DIRECTORY,
                directory.resolve("kafka").toString(),
                BrokerPart.PORT,
                Integer.toString(addresses.broker()),
                BrokerPart.CONTROLLER_PORT,
                Integer.toString(addresses.controller()),
                BrokerPart.LISTENERS,
                addresses.listeners().values().stream()
                        .map(BrokerPart.Listener::toString)
                        .collect(Collectors.joining(",")));
    }

    private Map<String, String> database() {
        return Map.of(
                DatabasePart.DIRECTORY,
                directory.resolve("postgresql").toString(),
                DatabasePart.PORT,
                Integer.toString(addresses.database()));
    }

    /** Quick, but slow enough that faults fall into the middle of everything. */
    private Map<String, String> simulator() {
        return Map.of(
                "SIMULATOR_PORT", Integer.toString(addresses.simulator()),
                "SIMULATOR_VOLUME_DELAY", "700ms",
                "SIMULATOR_SERVER_DELAY", "1s",
                // The judge reads each list in one call.
                "SIMULATOR_MAX_PAGE", "1000000");
    }

    private Map<String, String> service(Member member) {
        Map<String, String> environment = new TreeMap<>();
        String name = member.role().name();
        environment.put("RESTORE_" + name + "_PORT", Integer.toString(addresses.httpPort(member)));
        environment.put("RESTORE_" + name + "_MANAGEMENT_PORT", Integer.toString(addresses.managementPort(member)));
        environment.put("KAFKA_BOOTSTRAP_SERVERS", links.address(member, Role.BROKER));
        environment.put("RESTORE_ENABLED", "true");
        environment.put("RESTORE_JWT_SECRET", jwtSecret);
        environment.put("RESTORE_ENCRYPTION_KEY", encryptionKey);
        environment.put("RESTORE_DISPATCH_GUARANTEE", guarantee);
        environment.put("RESTORE_EXECUTOR_NAME", member.name());
        // A volume or server that never gets ready ends its attempt within the run.
        environment.put("RESTORE_TIMEOUT_VOLUME", "40s");
        environment.put("RESTORE_TIMEOUT_SERVER", "40s");
        environment.put("RESTORE_TIMEOUT_DELETE", "40s");
        environment.put("RESTORE_CLEANUP_VOLUMES", "true");
        environment.put("RESTORE_TOKEN_LIFETIME", "24h");
        if (member.role() == Role.STATUS) {
            tables(environment, member);
        } else {
            cloud(environment, member);
        }
        if (member.role() == Role.GATEWAY) {
            environment.put("RESTORE_STATUS_URL", "http://" + links.address(member, Role.STATUS));
            environment.put("RESTORE_PLANNER_URL", "http://" + links.address(member, Role.PLANNER));
        }
        return environment;
    }

    private void tables(Map<String, String> environment, Member member) {
        environment.put("RESTORE_DB_HOST", "127.0.0.1");
        environment.put(
                "RESTORE_DB_PORT",
                Integer.toString(links.of(member, Role.DATABASE).port()));
        environment.put("RESTORE_DB_NAME", DatabasePart.NAME);
        environment.put("RESTORE_DB_USER", DatabasePart.USER);
        environment.put("RESTORE_DB_PASSWORD", DatabasePart.password(directory.resolve("postgresql")));
    }

    private void cloud(Map<String, String> environment, Member member) {
        environment.put("OS_AUTH_URL", "http://" + links.address(member, Role.SIMULATOR) + "/identity/v3");
        environment.put("OS_USERNAME", SampleCloud.ADMIN);
        environment.put("OS_PASSWORD", SampleCloud.ADMIN_PASSWORD);
        environment.put("OS_PROJECT_NAME", "service");
        environment.put("OS_REGION_NAME", "RegionOne");
        environment.put("SNAPSHOT_SERVICE_USER_EMAIL", SampleCloud.SERVICE_USER);
        environment.put("SNAPSHOT_SERVICE_USER_PASSWORD", SampleCloud.SERVICE_USER_PASSWORD);
        environment.put("SNAPSHOT_SERVICE_USER_DOMAIN", "default");
    }

    private static String key() {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return Base64.getEncoder().encodeToString(key);
    }
}
