package io.vmrestore.standalone.server;

import io.vmrestore.simulator.Simulator;
import io.vmrestore.simulator.sample.SampleCloud;
import java.util.Map;

/** What an openrc file of the simulated cloud would hold. */
public final class SampleCredentials {
    private SampleCredentials() {}

    /** The variables by which services reach the simulator, as administrator and as service user. */
    public static Map<String, String> of(Simulator simulator) {
        return Map.of(
                "OS_AUTH_URL",
                simulator.authUrl(),
                "OS_USERNAME",
                SampleCloud.ADMIN,
                "OS_PASSWORD",
                SampleCloud.ADMIN_PASSWORD,
                "OS_PROJECT_NAME",
                "service",
                "OS_REGION_NAME",
                "RegionOne",
                "SNAPSHOT_SERVICE_USER_EMAIL",
                SampleCloud.SERVICE_USER,
                "SNAPSHOT_SERVICE_USER_PASSWORD",
                SampleCloud.SERVICE_USER_PASSWORD,
                "SNAPSHOT_SERVICE_USER_DOMAIN",
                "default");
    }
}
