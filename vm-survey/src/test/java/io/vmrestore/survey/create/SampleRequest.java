package io.vmrestore.survey.create;

import io.vmrestore.common.contract.Carried;
import io.vmrestore.common.contract.FlavorInfo;
import io.vmrestore.common.contract.IpStrategy;
import io.vmrestore.common.contract.NicPlan;
import io.vmrestore.common.contract.RestoreMode;
import io.vmrestore.common.contract.SourceServer;
import io.vmrestore.common.contract.SourceVolume;
import io.vmrestore.openstack.compute.KeyPair;
import io.vmrestore.openstack.compute.ServerGroup;
import io.vmrestore.openstack.network.Port;
import io.vmrestore.survey.SurveyedVm;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A request that the cloud accepts, and one change at a time. */
final class SampleRequest {
    RestoreMode mode = RestoreMode.REPLACE;
    IpStrategy strategy = IpStrategy.TRY_SAME_IPS;
    String name = "web";
    Map<String, String> metadata = Map.of("role", "web");
    List<String> tags = List.of("production");

    @Nullable
    String description = "The front door";

    @Nullable
    String zone = "nova";

    Map<String, String> image = Map.of("min_ram", "0", "min_disk", "0");

    @Nullable
    String group;

    @Nullable
    String dnsName;

    Port.@Nullable Trunk trunk;

    @Nullable
    String userData;

    Map<String, Long> limits =
            new HashMap<>(Map.of("metadata_items", 128L, "key_pairs", 100L, "server_group_members", 10L));

    @Nullable
    Set<String> zones = Set.of("nova");

    @Nullable
    ServerGroup found;

    boolean groupGone;

    @Nullable
    List<KeyPair> keyPairs = List.of();

    static Map<String, String> items(int number) {
        Map<String, String> items = new HashMap<>();
        IntStream.range(0, number).forEach(item -> items.put("k" + item, "v"));
        return items;
    }

    CreateProof proof() {
        SourceServer source = new SourceServer(
                "vm-1",
                name,
                "ACTIVE",
                "project",
                "owner",
                new FlavorInfo("1", "small", 1, 512, 0),
                zone,
                "key",
                "aa:bb",
                "ssh-ed25519 AAAA",
                metadata,
                tags,
                description,
                false,
                group,
                List.of(),
                new SourceVolume("volume-1", "", 2, "fast", "nova", image),
                List.of());
        NicPlan nic = new NicPlan(
                0,
                "net-1",
                "front",
                "port-1",
                "",
                "fa:16:3e:00:00:01",
                List.of(),
                List.of(),
                List.of(),
                true,
                List.of(),
                dnsName,
                null,
                List.of(),
                List.of(),
                Map.of());
        Port port = new Port(
                "port-1",
                "",
                "ACTIVE",
                "project",
                "net-1",
                "fa:16:3e:00:00:01",
                List.of(),
                List.of(),
                "vm-1",
                "compute:nova",
                "",
                List.of(),
                true,
                dnsName,
                null,
                "normal",
                List.of(),
                true,
                trunk,
                Map.of(),
                Instant.EPOCH,
                1);
        SurveyedVm vm = new SurveyedVm(
                source,
                List.of(nic),
                List.of(port),
                List.of(),
                Map.of(),
                userData,
                false,
                "UP",
                List.of(),
                List.of(),
                Map.of(),
                new Carried(List.of(), "192.0.2.7", null, Map.of(), null, List.of(), null, Map.of()),
                List.of());
        CreateRequest request = new CreateRequest(mode, strategy, name, source, 2, List.of(nic));
        return CreateProof.of(request, vm, new CreateFacts(limits, zones, found, groupGone, keyPairs));
    }
}
