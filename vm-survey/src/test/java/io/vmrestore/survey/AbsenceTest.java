package io.vmrestore.survey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vmrestore.openstack.OpenStack;
import io.vmrestore.openstack.ProjectCloud;
import io.vmrestore.openstack.compute.ServerQuery;
import io.vmrestore.openstack.failure.CloudException;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.node.StringNode;

/** Gone is a verdict with evidence; everything else is there, or unknown. */
class AbsenceTest {
    private static final Tenant TENANT = Tenant.A;
    private static final Duration HOUR = Duration.ofHours(1);
    private static final String VM = TENANT.webServerId();
    private static final String VOLUME = TENANT.id("volume/web-1-boot");
    private static final String PORT = TENANT.id("port/web-1-0");

    private final List<Duration> pauses = new ArrayList<>();
    private Simulator simulator;
    private OpenStack openStack;
    private ProjectCloud cloud;
    private Absence absence;

    @BeforeEach
    void open() {
        simulator = Simulator.start(SimulatorSettings.instant());
        openStack = OpenStack.connect(CloudSettings.of(
                URI.create(simulator.authUrl()),
                new Credentials(SampleCloud.ADMIN, "Default", SampleCloud.ADMIN_PASSWORD, "service", null, "Default"),
                new ServiceUser(SampleCloud.SERVICE_USER, SampleCloud.SERVICE_USER_PASSWORD, "Default")));
        cloud = openStack.project(TENANT.projectId());
        absence = Absence.in(cloud, pauses::add);
    }

    @AfterEach
    void close() {
        openStack.close();
        simulator.close();
    }

    @Test
    void what_is_there_costs_no_pause() throws InterruptedException {
        assertThat(absence.server(VM)).isInstanceOf(Presence.Present.class);
        assertThat(absence.volume(VOLUME)).isInstanceOf(Presence.Present.class);
        assertThat(absence.port(PORT, VM)).isInstanceOf(Presence.Present.class);
        assertThat(absence.attachments(VM)).isInstanceOf(Presence.Present.class);
        assertThat(absence.keyPairOf(TENANT.ownerId(), TENANT.keyName())).isInstanceOf(Presence.Present.class);
        assertThat(pauses).isEmpty();
    }

    @Test
    void what_never_was_is_gone_after_a_second_look() throws InterruptedException {
        String nothing = UUID.randomUUID().toString();

        assertGone(absence.server(nothing));
        assertGone(absence.volume(nothing));
        assertGone(absence.port(nothing, VM));
        assertThat(pauses).hasSize(3).containsOnly(Absence.BETWEEN_LOOKS);
        assertGone(absence.keyPair(nothing));
    }

    @Test
    void one_false_answer_is_overruled_by_the_second() throws InterruptedException {
        simulator.faults().once("GET .*/servers/" + VM + "$", new Fault.FalseNotFound());

        assertThat(absence.server(VM)).isInstanceOf(Presence.Present.class);
        assertThat(pauses).hasSize(1);
    }

    @Test
    void a_server_in_the_list_is_not_gone() throws InterruptedException {
        simulator.faults().always("GET .*/servers/" + VM + "$", new Fault.FalseNotFound());

        assertUnknown(
                absence.server(VM), "Server " + VM + " is not certainly gone: the list of servers shows it as ACTIVE");
    }

    @Test
    void a_server_whose_volume_is_in_use_is_not_gone() throws InterruptedException {
        unlisted();

        assertUnknown(absence.server(VM), "volume " + VOLUME + " is in-use with it");
        assertUnknown(absence.attachments(VM), "volume " + VOLUME + " is in-use with it");
        assertUnknown(absence.serverWithIdlePorts(VM), "volume " + VOLUME + " is in-use with it");
    }

    @Test
    void a_server_whose_port_is_plugged_in_is_not_gone() throws InterruptedException {
        unlisted();
        simulator.faults().always(VOLUME, new Fault.OddField("volume", "status", StringNode.valueOf("available")));

        assertUnknown(absence.server(VM), "(ACTIVE) is bound to it");
        assertUnknown(absence.serverWithIdlePorts(VM), "(ACTIVE) is bound to it");

        simulator.faults().always(".", new Fault.OddField("port", "status", StringNode.valueOf("DOWN")));
        assertUnknown(absence.server(VM), "(DOWN) is bound to it");
        assertGone(absence.serverWithIdlePorts(VM));
    }

    @Test
    void a_volume_that_is_being_detached_contradicts_nothing() throws InterruptedException {
        simulator.faults().once("^web-1-boot$", new Fault.VolumeReleasedLate(HOUR));
        cloud.compute().delete(VM);
        await().until(() -> cloud.compute().servers(ServerQuery.withId(VM)).isEmpty());

        assertGone(absence.server(VM));
        assertThat(cloud.volumes().volume(VOLUME).status()).isEqualTo("detaching");
    }

    @Test
    void a_volume_or_port_in_its_list_is_not_gone() throws InterruptedException {
        simulator.faults().always("GET .*/volumes/" + VOLUME + "$", new Fault.FalseNotFound());
        simulator.faults().always("GET .*/ports/" + PORT + "$", new Fault.FalseNotFound());

        assertUnknown(absence.volume(VOLUME), "the list of volumes shows it as in-use");
        assertUnknown(absence.port(PORT, VM), "the list of ports shows it");
    }

    @Test
    void a_key_pair_in_the_list_is_not_gone() {
        simulator.faults().always("GET .*/os-keypairs/", new Fault.FalseNotFound());

        assertUnknown(absence.keyPairOf(TENANT.ownerId(), TENANT.keyName()), "the list of key pairs shows it");
    }

    @Test
    void what_a_plan_needs_is_proven_like_what_is_deleted() throws InterruptedException {
        String snapshot = TENANT.id("snapshot/web-1-daily");
        String network = TENANT.backNetworkId();
        String subnet = cloud.network().subnets(network).getFirst().id();
        String group = TENANT.serverGroupId();
        String nothing = UUID.randomUUID().toString();
        assertThat(absence.snapshot(snapshot)).isInstanceOf(Presence.Present.class);
        assertThat(absence.network(network)).isInstanceOf(Presence.Present.class);
        assertThat(absence.subnet(subnet)).isInstanceOf(Presence.Present.class);
        assertThat(absence.serverGroup(group)).isInstanceOf(Presence.Present.class);
        assertThat(pauses).isEmpty();
        assertGone(absence.snapshot(nothing));
        assertGone(absence.network(nothing));
        assertGone(absence.subnet(nothing));
        assertGone(absence.serverGroup(nothing));
        assertThat(pauses).hasSize(4);

        simulator
                .faults()
                .always(
                        "GET .*/(snapshots|networks|subnets|os-server-groups)/[0-9a-f-]{36}",
                        new Fault.FalseNotFound());

        assertUnknown(absence.snapshot(snapshot), "the list of snapshots shows it as available");
        assertUnknown(absence.network(network), "the list of networks shows it");
        assertUnknown(absence.subnet(subnet), "the list of subnets shows it");
        assertUnknown(absence.serverGroup(group), "the list of server groups shows it");
    }

    @Test
    void what_a_list_lacks_is_looked_for_twice() throws InterruptedException {
        List<String> lists = new ArrayList<>(List.of("first"));
        Presence<String> found =
                absence.listed("Flavor x", () -> lists.remove("first") ? Optional.empty() : Optional.of("x"));

        assertThat(found).isEqualTo(new Presence.Present<>("x"));
        assertThat(absence.listed("Flavor x", Optional::empty))
                .isEqualTo(new Presence.Gone<>("Flavor x is not in the list, looked at twice"));
        assertThat(pauses).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(Fault.Front.class)
    void what_something_in_front_says_is_an_error(Fault.Front front) {
        simulator.faults().always("GET .*/(servers|volumes|ports)/[0-9a-f-]{36}$", new Fault.StrayNotFound(front));

        assertThatThrownBy(() -> absence.server(VM)).isInstanceOf(CloudException.Unavailable.class);
        assertThatThrownBy(() -> absence.volume(VOLUME)).isInstanceOf(CloudException.Unavailable.class);
        assertThatThrownBy(() -> absence.port(PORT, null)).isInstanceOf(CloudException.Unavailable.class);
    }

    @Test
    void a_deletion_that_is_answered_falsely_is_not_done() throws InterruptedException {
        simulator.faults().always("DELETE ", new Fault.FalseNotFound());

        assertThat(absence.deletePort(PORT)).isInstanceOf(Deletion.Refused.class);
        assertThat(absence.deleteServer(VM)).isInstanceOf(Deletion.Refused.class);
        assertThat(absence.deleteVolume(VOLUME)).isInstanceOf(Deletion.Refused.class);
        simulator.faults().clear();
        assertThat(absence.port(PORT, null)).isInstanceOf(Presence.Present.class);
    }

    @Test
    void a_deletion_of_nothing_says_so() throws InterruptedException {
        String nothing = UUID.randomUUID().toString();

        assertThat(absence.deletePort(nothing)).isInstanceOf(Deletion.NothingThere.class);
        assertThat(absence.deleteKeyPair("nothing")).isInstanceOf(Deletion.NothingThere.class);
        assertThat(absence.deletePort(PORT)).isEqualTo(new Deletion.Accepted());
        assertGone(absence.port(PORT, null));
    }

    /** Nova itself does not know the server any more, neither by its id nor in its list. */
    private void unlisted() {
        simulator.faults().always("GET .*/servers/" + VM, new Fault.FalseNotFound());
        simulator.faults().always(VM, new Fault.OddField("server", "id", StringNode.valueOf("another")));
    }

    private static void assertGone(Presence<?> presence) {
        assertThat(presence)
                .isInstanceOfSatisfying(
                        Presence.Gone.class,
                        gone -> assertThat(gone.evidence()).contains("HTTP 404", "answered as req-"));
    }

    private static void assertUnknown(Presence<?> presence, String reason) {
        assertThat(presence)
                .isInstanceOfSatisfying(
                        Presence.Unknown.class,
                        unknown -> assertThat(unknown.reason()).contains(reason));
    }
}
