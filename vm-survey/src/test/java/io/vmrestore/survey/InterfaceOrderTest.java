package io.vmrestore.survey;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.contract.NicPlan;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When the order of interfaces can be read from Nova's lists by network. */
class InterfaceOrderTest {

    @ParameterizedTest
    @CsvSource({
        "'',true",
        "a,true",
        "aa,true",
        "ab,true",
        "abb,true",
        "aab,false",
        "aabb,false",
        "abc,true",
        "abbc,false"
    })
    void anOrderWithSeveralOfOneNetworkBeforeAnotherIsNotKnown(String networks, boolean known) {
        List<NicPlan> nics = networks.chars()
                .mapToObj(Character::toString)
                .flatMap(network -> Stream.of(nic(network)))
                .toList();

        assertThat(InterfaceOrder.known(nics)).isEqualTo(known);
    }

    private static NicPlan nic(String network) {
        return new NicPlan(
                0, network, network, "port", "", "mac", List.of(), List.of(), List.of(), true, List.of(), null, null,
                List.of(), List.of(), Map.of());
    }
}
