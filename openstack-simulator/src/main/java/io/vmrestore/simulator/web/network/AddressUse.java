package io.vmrestore.simulator.web.network;

import io.vmrestore.simulator.cloud.network.IpAddress;
import io.vmrestore.simulator.cloud.network.Network;
import io.vmrestore.simulator.cloud.network.Subnet;
import io.vmrestore.simulator.web.Json;
import java.math.BigInteger;
import java.util.List;
import java.util.function.ToLongFunction;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How many of a network's addresses are used, as JSON (recording neutron/029). */
final class AddressUse {
    private AddressUse() {}

    /** @param used how many addresses ports hold of a subnet */
    static ObjectNode view(Network network, List<Subnet> subnets, ToLongFunction<String> used) {
        ArrayNode parts = Json.array();
        long allUsed = 0;
        BigInteger all = BigInteger.ZERO;
        for (Subnet subnet : subnets) {
            long usedHere = used.applyAsLong(subnet.id());
            BigInteger total = IpAddress.of(subnet.poolEnd())
                    .value()
                    .subtract(IpAddress.of(subnet.poolStart()).value())
                    .add(BigInteger.ONE);
            allUsed += usedHere;
            all = all.add(total);
            parts.add(Json.object()
                    .put("subnet_id", subnet.id())
                    .put("ip_version", subnet.version())
                    .put("cidr", subnet.cidr())
                    .put("subnet_name", subnet.name())
                    .put("used_ips", usedHere)
                    .put("total_ips", total));
        }
        ObjectNode view = Json.object()
                .put("network_id", network.id())
                .put("network_name", network.name())
                .put("tenant_id", network.projectId())
                .put("project_id", network.projectId());
        view.set("subnet_ip_availability", parts);
        return view.put("used_ips", allUsed).put("total_ips", all);
    }
}
