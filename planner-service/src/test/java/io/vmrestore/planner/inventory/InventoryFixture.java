package io.vmrestore.planner.inventory;

import io.vmrestore.common.time.TimeSource;
import io.vmrestore.openstack.OpenStack;
import io.vmrestore.openstack.settings.CloudSettings;
import io.vmrestore.openstack.settings.Credentials;
import io.vmrestore.openstack.settings.ServiceUser;
import io.vmrestore.simulator.Simulator;
import io.vmrestore.simulator.SimulatorSettings;
import io.vmrestore.simulator.sample.SampleCloud;
import io.vmrestore.support.access.Reach;
import io.vmrestore.support.access.Role;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** An inventory that reads a simulated cloud, as the administrator unless a test connects as somebody else. */
abstract class InventoryFixture {
    /** Of somebody who sees every project. */
    static final Reach ALL = Reach.everywhere(Role.VIEWER);

    private static final ServiceUser SERVICE_USER =
            new ServiceUser(SampleCloud.SERVICE_USER, SampleCloud.SERVICE_USER_PASSWORD, "Default");

    Simulator simulator;
    OpenStack cloud;
    Inventory inventory;

    @BeforeEach
    void open() {
        simulator = Simulator.start(SimulatorSettings.instant());
        connect(SampleCloud.ADMIN, SampleCloud.ADMIN_PASSWORD, "service", SERVICE_USER);
    }

    @AfterEach
    void close() {
        cloud.close();
        simulator.close();
    }

    void connect(String user, String password, String project, @Nullable ServiceUser serviceUser) {
        cloud = OpenStack.connect(CloudSettings.of(
                URI.create(simulator.authUrl()),
                new Credentials(user, "Default", password, project, null, "Default"),
                serviceUser));
        inventory = inventory(Duration.ofSeconds(20));
    }

    Inventory inventory(Duration timeout) {
        return new Inventory(cloud, new InventorySettings(timeout, Duration.ZERO), TimeSource.system());
    }
}
