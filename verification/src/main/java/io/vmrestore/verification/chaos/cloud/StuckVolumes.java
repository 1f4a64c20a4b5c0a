package io.vmrestore.verification.chaos.cloud;

import io.vmrestore.simulator.sample.SampleCloud;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import tools.jackson.databind.JsonNode;

/**
 * Does what an operator of a cloud does about volumes that stay in creating: Cinder refuses to delete them until
 * somebody resets their state, and restores wait for that with patience.
 */
public final class StuckVolumes {
    private static final Duration TOO_LONG = Duration.ofSeconds(30);

    private StuckVolumes() {}

    /** Resets those that have been in creating for much longer than the simulated cloud takes. */
    public static void reset(CloudSession cloud, Clock clock) throws IOException, InterruptedException {
        String volumes = "/volume/v3/" + SampleCloud.SERVICE_PROJECT_ID + "/volumes/";
        for (JsonNode volume : cloud.list(volumes + "detail?all_tenants=1&status=creating", "volumes")) {
            LocalDateTime created =
                    LocalDateTime.parse(volume.path("created_at").asString());
            boolean tooLong =
                    created.toInstant(ZoneOffset.UTC).isBefore(clock.instant().minus(TOO_LONG));
            if (tooLong && volume.path("status").asString().equals("creating")) {
                cloud.post(
                        volumes + volume.path("id").asString() + "/action",
                        "{\"os-reset_status\": {\"status\": \"error\"}}");
            }
        }
    }
}
