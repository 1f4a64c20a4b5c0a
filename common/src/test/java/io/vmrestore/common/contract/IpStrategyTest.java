package io.vmrestore.common.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.contract.IpStrategy.NicWords;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class IpStrategyTest {
    private static final List<FixedIp> CHOOSABLE = List.of(new FixedIp("subnet-1", "10.0.0.5"));
    private static final NicWords ASKING =
            new NicWords("interface 0", "10.0.0.5, fe80::1", "10.0.0.5", "fe80::1", "port-1");
    private static final NicWords ASKING_NOTHING = new NicWords("interface 0", "10.0.0.5, fe80::1", "", "", "port-1");

    @Test
    void theNamesStayWhatClientsAndEventsSay() {
        assertThat(IpStrategy.values())
                .extracting(IpStrategy::name)
                .containsSubsequence("NEW_IPS", "TRY_SAME_IPS", "SAME_IPS_OR_FAIL");
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNotAskedForCannotBeMissed(IpStrategy strategy) {
        assertThat(strategy.asksFor(CHOOSABLE)).isEqualTo(strategy.asksForAddresses() ? CHOOSABLE : List.of());
        assertThat(strategy.asksForAddresses() || strategy.goesOnWithout()).isTrue();
        assertThat(strategy.asksFor(List.of())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whoeverAsksIsToldThatItMayBeInVain(IpStrategy strategy) {
        if (strategy.asksForAddresses()) {
            assertThat(beside(strategy, ASKING)).first().asString().contains("10.0.0.5", "port-1");
            assertThat(replacing(strategy, ASKING)).singleElement().asString().contains("10.0.0.5");
            assertThat(replacing(strategy, ASKING_NOTHING)).isEmpty();
        }
        assertThat(beside(strategy, ASKING_NOTHING)).isEmpty();
    }

    @Test
    void anAddressThatFollowsFromTheMacWillBeAnother() {
        assertThat(beside(IpStrategy.TRY_SAME_IPS, ASKING))
                .last()
                .isEqualTo("Address fe80::1 of interface 0 follows from the MAC address and will be another");
    }

    @Test
    void newAddressesInTheOriginalsPlaceGiveTheOldOnesUp() {
        assertThat(replacing(IpStrategy.NEW_IPS, ASKING_NOTHING))
                .containsExactly(
                        "The addresses of interface 0 (10.0.0.5, fe80::1) are given up; it keeps its MAC address"
                                + " and gets other addresses");
    }

    private static List<String> beside(IpStrategy strategy, NicWords nic) {
        List<String> said = new ArrayList<>();
        strategy.warnBeside(nic, (_, sentence) -> said.add(sentence));
        return said;
    }

    private static List<String> replacing(IpStrategy strategy, NicWords nic) {
        List<String> said = new ArrayList<>();
        strategy.warnReplacing(nic, (_, sentence) -> said.add(sentence));
        return said;
    }
}
