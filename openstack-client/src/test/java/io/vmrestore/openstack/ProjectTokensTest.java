package io.vmrestore.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.openstack.transport.TokenHolder;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class ProjectTokensTest {
    private final ProjectTokens tokens = new ProjectTokens(2);

    private TokenHolder of(String project) {
        return tokens.of(
                project,
                _ -> new TokenHolder(
                        () -> {
                            throw new AssertionError("Nobody needs a token");
                        },
                        InstantSource.system()));
    }

    @Test
    void areSharedByAllWhoAskForAProject() {
        assertThat(of("one")).isSameAs(of("one")).isNotSameAs(of("two"));
    }

    @Test
    void areForgottenWhereNobodyHasAskedForThemForLongest() {
        TokenHolder one = of("one");
        TokenHolder two = of("two");
        assertThat(of("one")).isSameAs(one);
        of("three");
        assertThat(of("one")).isSameAs(one);
        assertThat(of("two")).isNotSameAs(two);
    }
}
