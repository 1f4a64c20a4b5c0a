package io.vmrestore.planner;

import io.vmrestore.simulator.Simulator;
import io.vmrestore.simulator.sample.SampleCloud;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Arguments for a planner-service on free ports. */
public final class PlannerArguments {
    private PlannerArguments() {}

    /**
     * Everything that has to be set.
     *
     * @param more further arguments; Spring would join the values of one that is here already
     */
    public static String[] of(String kafka, Simulator cloud, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--management.server.port=0",
                "--KAFKA_BOOTSTRAP_SERVERS=" + kafka,
                "--RESTORE_TOPIC_PARTITIONS=2",
                "--RESTORE_JWT_SECRET=a test secret that is long enough for HS256",
                "--RESTORE_ENCRYPTION_KEY=" + Base64.getEncoder().encodeToString(new byte[32]),
                "--OS_AUTH_URL=" + cloud.authUrl(),
                "--OS_USERNAME=" + SampleCloud.ADMIN,
                "--OS_PASSWORD=" + SampleCloud.ADMIN_PASSWORD,
                "--OS_PROJECT_NAME=service",
                "--SNAPSHOT_SERVICE_USER_EMAIL=" + SampleCloud.SERVICE_USER,
                "--SNAPSHOT_SERVICE_USER_PASSWORD=" + SampleCloud.SERVICE_USER_PASSWORD,
                "--SNAPSHOT_SERVICE_USER_DOMAIN=Default"));
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }
}
