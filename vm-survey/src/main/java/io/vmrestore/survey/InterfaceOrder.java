package io.vmrestore.survey;

import io.vmrestore.common.contract.NicPlan;
import java.util.Collections;
import java.util.List;

/**
 * Whether the order of a VM's interfaces is known. Nova lists them grouped by network, in the order of the first of
 * each group: where a network with several interfaces is followed by another, one of the other may have stood between
 * them. No other call tells their order.
 */
public final class InterfaceOrder {
    private InterfaceOrder() {}

    /** Whether these interfaces, as they were read, can stand in no other order. */
    public static boolean known(List<NicPlan> nics) {
        List<String> networks = nics.stream().map(NicPlan::networkId).toList();
        return networks.stream()
                .filter(network -> !network.equals(networks.getLast()))
                .allMatch(network -> Collections.frequency(networks, network) == 1);
    }
}
