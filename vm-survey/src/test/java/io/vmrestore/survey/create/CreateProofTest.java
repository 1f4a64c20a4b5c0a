package io.vmrestore.survey.create;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.contract.IpStrategy;
import io.vmrestore.common.contract.RestoreMode;
import io.vmrestore.openstack.compute.KeyPair;
import io.vmrestore.openstack.compute.ServerGroup;
import io.vmrestore.openstack.network.Port;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Everything that Nova and Neutron check before they accept a create call. */
class CreateProofTest {
    private final SampleRequest request = new SampleRequest();

    @Test
    void anOrdinaryVmIsAccepted() {
        assertAccepted();
        assertThat(request.proof().warnings()).isEmpty();
        assertThat(request.proof().carried().leftOut()).isEmpty();
    }

    @Test
    void whatARestoreAddsGivesWayToTheUsersMetadataByPriority() {
        request.metadata = SampleRequest.items(126);

        assertAccepted();
        assertThat(request.proof().carried().leftOut())
                .containsExactly(
                        "metadata.restored_from_key",
                        "metadata.restored_from_volume",
                        "metadata.restored_from_server",
                        "metadata.restored_from_snapshot");
        assertThat(request.proof().warnings())
                .singleElement()
                .asString()
                .startsWith("The cloud allows 128 metadata items and the VM has 126 of its own, which all stay;")
                .contains("does not find its key pair")
                .doesNotContain("by its tag alone");
    }

    @Test
    void fullMetadataLeavesNoMarkButTheTag() {
        request.metadata = SampleRequest.items(128);

        assertAccepted();
        assertThat(request.proof().carried().leftOut()).hasSize(6).contains("metadata.restore_mark");
        assertThat(request.proof().warnings())
                .singleElement()
                .asString()
                .contains("the restored VM is found by its tag alone");
    }

    @Test
    void whatAnEarlierRestoreAddedDoesNotCount() {
        Map<String, String> metadata = SampleRequest.items(122);
        metadata.putAll(Map.of("restore_mark", "old/1", "restored_from_server", "older"));
        request.metadata = metadata;

        assertThat(request.proof().carried().leftOut()).isEmpty();
    }

    @Test
    void aLimitBelowTheUsersOwnMetadataIsAReasonInBothModes() {
        request.limits.put("metadata_items", 5L);
        request.metadata = SampleRequest.items(6);

        assertRefused("The VM has 6 metadata items, but the cloud allows a new server only 5");
        request.mode = RestoreMode.NEW;
        assertRefused("The VM has 6 metadata items, but the cloud allows a new server only 5");
    }

    @Test
    void noLimitIsNoLimit() {
        request.limits.put("metadata_items", -1L);
        request.metadata = SampleRequest.items(500);

        assertAccepted();
    }

    @Test
    void metadataOfOldTimesThatNovaTakesNoLonger() {
        request.metadata = Map.of("owner@example", "x");

        assertRefused("Nova would refuse these metadata items of the VM: \"owner@example");
    }

    @Test
    void aNameThatNovaTakesNoLongerIsToBeChangedFirst() {
        request.name = "legacy ";

        assertThat(request.proof().reasons())
                .containsExactly("Nova would refuse the name of the VM, which must not begin or end with white space;"
                        + " rename it first: openstack --os-project-id project"
                        + " server set --name legacy vm-1");
    }

    @Test
    void aZoneThatIsNotOfferedIsLeftOut() {
        request.zone = "rack-7";

        assertAccepted();
        assertThat(request.proof().carried().leftOut()).containsExactly("availability_zone");
        assertThat(request.proof().warnings())
                .containsExactly(
                        "Availability zone \"rack-7\" of the VM is not offered any more (offered: \"nova\"), so the"
                                + " restored VM asks for none and goes where Nova finds room");
    }

    @Test
    void aVmWithAllItsTagsKeepsThem() {
        request.tags = IntStream.range(0, 50).mapToObj(tag -> "t" + tag).toList();

        assertAccepted();
        assertThat(request.proof().warnings()).singleElement().asString().startsWith("The VM has 50 tags");
    }

    @Test
    void aTagOfOldTimes() {
        request.tags = List.of("a/b");

        assertRefused("Nova would refuse these tags of the VM: \"a/b\"");
    }

    @Test
    void descriptionAndUserDataOfOldTimes() {
        request.description = "x".repeat(256);
        assertRefused("The description of the VM has more than 255 characters");
        request.description = null;
        request.userData = "x".repeat(65_536);
        assertRefused("The user_data of the VM has more than 65535 characters");
    }

    @Test
    void whatTheImageDemands() {
        request.image = Map.of("min_ram", "1024");
        assertRefused(
                "The image of the boot volume demands 1024 MiB of memory (min_ram), but flavor \"small\" has 512");
        request.image = Map.of("min_disk", "20");
        assertRefused("The image of the boot volume demands a disk of 20 GiB (min_disk), but the restored one has 2");
    }

    @Test
    void aKeyPairThatHasToBeImportedNeedsRoom() {
        request.limits.put("key_pairs", 1L);
        request.keyPairs = List.of(new KeyPair("other", "ssh", "cc", "ssh"));
        assertRefused("The VM's key pair \"key\" has to be imported for the acting user, who has 1 key pairs of 1");

        request.keyPairs = List.of(new KeyPair("key", "ssh", "aa:bb", "ssh"));
        assertAccepted();
    }

    @Test
    void aServerGroupMustExistAndHaveRoom() {
        request.group = "group-1";
        request.groupGone = true;
        assertRefused("Server group group-1 of the VM does not exist any more");

        request.groupGone = false;
        request.limits.put("server_group_members", 2L);
        request.found = new ServerGroup("group-1", "spread", "anti-affinity", List.of("vm-1", "vm-2"));
        assertAccepted();
        request.mode = RestoreMode.NEW;
        assertAccepted();
        assertThat(request.proof().warnings())
                .anySatisfy(warning -> assertThat(warning)
                        .startsWith("The compute service does not tell whether server group \"spread\" has room"))
                .anySatisfy(warning -> assertThat(warning).contains("has policy anti-affinity"));
    }

    @Test
    void aDnsNameThatIsNotTheHostName() {
        request.dnsName = "web";
        assertAccepted();
        request.name = "Web 1";
        assertRefused("Port DNS name \"web\" of interface 0 (fa:16:3e:00:00:01) is not the host name");
        request.dnsName = "web-1";
        assertAccepted();
        request.name = "web.1";
        assertRefused("Port DNS name \"web-1\"");
    }

    @Test
    void theParentPortOfATrunkCannotBeGivenUp() {
        request.trunk = new Port.Trunk("trunk-1", List.of("sub-1"));
        assertAccepted();
        request.strategy = IpStrategy.NEW_IPS;
        assertRefused("is the parent of trunk trunk-1, so it cannot be deleted");

        request.mode = RestoreMode.NEW;
        assertAccepted();
        assertThat(request.proof().warnings())
                .containsExactly("The trunk trunk-1 of interface 0 (fa:16:3e:00:00:01) and its sub-ports stay with the"
                        + " original: sub-1");
    }

    @Test
    void whatIsNotToldForbidsOnlyWhatDestroys() {
        request.limits.clear();
        request.zones = null;
        request.keyPairs = null;
        request.group = "group-1";

        assertThat(request.proof().reasons())
                .hasSize(4)
                .allSatisfy(reason -> assertThat(reason).contains("must be known before the VM is deleted"));
        request.mode = RestoreMode.NEW;
        assertAccepted();
        assertThat(request.proof().warnings())
                .hasSize(4)
                .allSatisfy(warning -> assertThat(warning).contains("that shows only when the restore runs"));
    }

    @Test
    void theAccessAddressIsCarriedOnlyWhereTheAddressesAre() {
        assertThat(request.proof().carried().accessIpv4()).isEqualTo("192.0.2.7");
        request.strategy = IpStrategy.NEW_IPS;
        assertThat(request.proof().carried().accessIpv4()).isNull();
        request.strategy = IpStrategy.SAME_IPS_OR_FAIL;
        request.mode = RestoreMode.NEW;
        assertThat(request.proof().carried().accessIpv4()).isNull();
    }

    private void assertAccepted() {
        assertThat(request.proof().reasons()).isEmpty();
    }

    private void assertRefused(String beginning) {
        assertThat(request.proof().reasons()).singleElement().asString().contains(beginning);
    }
}
