package io.vmrestore.standalone.cli;

import io.vmrestore.cli.SignIn;
import io.vmrestore.simulator.sample.SampleCloud;
import io.vmrestore.simulator.sample.SampleCloud.Tenant;
import java.util.Map;

/** The restore that the demo asks for: the web server of the first sample tenant, which has a bit of everything. */
final class SampleRestore {
    static final SignIn.Credentials CREDENTIALS =
            new SignIn.Credentials(SampleCloud.ADMIN, SampleCloud.ADMIN_PASSWORD, "service");

    private SampleRestore() {}

    /** The body of the plan request. */
    static Map<String, String> request() {
        return Map.of(
                "project_id", Tenant.A.projectId(),
                "vm_id", Tenant.A.webServerId(),
                "restore_point_id", Tenant.A.id("snapshot/web-1-daily"),
                "ip_strategy", "NEW_IPS");
    }
}
