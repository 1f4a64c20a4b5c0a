package io.vmrestore.survey;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.time.TimeSource;
import io.vmrestore.openstack.OpenStack;
import io.vmrestore.openstack.settings.CloudSettings;
import io.vmrestore.openstack.settings.Credentials;
import io.vmrestore.openstack.settings.ServiceUser;
import io.vmrestore.simulator.Simulator;
import io.vmrestore.simulator.SimulatorSettings;
import io.vmrestore.simulator.faults.Fault;
import io.vmrestore.simulator.sample.SampleCloud;
import io.vmrestore.simulator.sample.SampleCloud.Tenant;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Lists and plans say the same of what a VM boots from, however oddly the cloud tells it. */
class OneVerdictTest {
    private static final Tenant A = Tenant.A;
    private static final String WEB_BOOT = A.id("volume/web-1-boot");
    private static final String DB_BOOT = A.id("volume/db-1-boot");
    private static final String DB_DATA = A.id("volume/db-1-data");

    private final Simulator simulator = Simulator.start(SimulatorSettings.instant());
    private final OpenStack cloud = OpenStack.connect(CloudSettings.of(
            URI.create(simulator.authUrl()),
            new Credentials(SampleCloud.ADMIN, "Default", SampleCloud.ADMIN_PASSWORD, "service", null, "Default"),
            new ServiceUser(SampleCloud.SERVICE_USER, SampleCloud.SERVICE_USER_PASSWORD, "Default")));

    @AfterEach
    void close() {
        cloud.close();
        simulator.close();
    }

    @Test
    void ofTheSamples() throws InterruptedException {
        assertBoth(A.webServerId(), WEB_BOOT);
        assertBoth(A.dbServerId(), DB_BOOT);
        assertBoth(A.statelessServerId(), null);
    }

    @Test
    void aVolumeAtTheRootDeviceIsBootedFromAlsoWhereAnImageIsTold() throws InterruptedException {
        odd(A.webServerId(), "server", "image", "{\"id\": \"1956cc10-c7ca-370f-ac11-d12cf8fd7388\"}");
        odd(A.dbServerId(), "server", "image", "{\"id\": \"1956cc10-c7ca-370f-ac11-d12cf8fd7388\"}");

        assertBoth(A.webServerId(), WEB_BOOT);
        assertBoth(A.dbServerId(), DB_BOOT);
    }

    @Test
    void aShelvedVmWhoseVolumeCinderCallsReserved() throws InterruptedException {
        for (String vm : new String[] {A.webServerId(), A.dbServerId()}) {
            odd(vm, "server", "status", "\"SHELVED_OFFLOADED\"");
            odd(vm, "server", "host_status", "\"\"");
        }
        for (String volume : new String[] {WEB_BOOT, DB_BOOT, DB_DATA}) {
            odd(volume, "volume", "attachments", "[]");
            odd(volume, "volume", "status", "\"reserved\"");
        }

        assertBoth(A.webServerId(), WEB_BOOT);
        assertBoth(A.dbServerId(), DB_BOOT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"vda\"", "null", "\"\"", "\"/dev/sda\""})
    void aRootDeviceWrittenInAnotherWay(String rootDevice) throws InterruptedException {
        odd(A.webServerId(), "server", "OS-EXT-SRV-ATTR:root_device_name", rootDevice);
        odd(A.dbServerId(), "server", "OS-EXT-SRV-ATTR:root_device_name", rootDevice);

        assertBoth(A.webServerId(), WEB_BOOT);
        assertBoth(A.dbServerId(), DB_BOOT);
    }

    @Test
    void noRootDeviceAtAll() throws InterruptedException {
        simulator.faults().always(A.dbServerId(), new Fault.FieldMissing("server", "OS-EXT-SRV-ATTR:root_device_name"));

        assertBoth(A.dbServerId(), DB_BOOT);
    }

    @Test
    void twoBootableVolumesAndNoneAtTheRootDevice() throws InterruptedException {
        odd(A.dbServerId(), "server", "OS-EXT-SRV-ATTR:root_device_name", "null");
        odd(DB_DATA, "volume", "bootable", "true");

        assertBoth(A.dbServerId(), null);
    }

    @Test
    void aDeviceThatCinderTellsWrongly() throws InterruptedException {
        odd(
                WEB_BOOT,
                "volume",
                "attachments",
                "[{\"server_id\": \"" + A.webServerId() + "\", \"device\": \"/dev/vdq\"}]");

        assertBoth(A.webServerId(), WEB_BOOT);
    }

    private void assertBoth(String vmId, @Nullable String bootVolume) throws InterruptedException {
        try (Reads reads = new Reads(TimeSource.system(), Duration.ofSeconds(20))) {
            ListedVm listed = new ProjectSurvey(cloud.project(A.projectId()))
                    .take(reads)
                    .vm(vmId)
                    .orElseThrow();
            assertThat(listed.bootVolumes().stream().findFirst().orElse(null))
                    .as("list: %s", listed.boot())
                    .isEqualTo(bootVolume);
            assertThat(planned(reads, vmId)).as("plan").isEqualTo(bootVolume);
        }
    }

    private @Nullable String planned(Reads reads, String vmId) throws InterruptedException {
        try {
            return new Survey(cloud.project(A.projectId()), cloud.admin())
                    .vm(reads, vmId)
                    .server()
                    .bootVolume()
                    .id();
        } catch (SurveyException refused) {
            return null;
        }
    }

    private void odd(String id, String of, String field, String json) {
        JsonNode value = JsonMapper.shared().readTree(json);
        simulator.faults().always(id, new Fault.OddField(of, field, value.isNull() ? null : value));
    }
}
