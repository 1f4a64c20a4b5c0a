package io.vmrestore.simulator.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vmrestore.simulator.cloud.identity.Caller;
import io.vmrestore.simulator.cloud.identity.Role;
import io.vmrestore.simulator.cloud.identity.Scope;
import io.vmrestore.simulator.engine.Refused;
import io.vmrestore.simulator.sample.SampleCloud;
import io.vmrestore.simulator.sample.SampleCloud.Tenant;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TokensTest {
    private final TestCloud test = TestCloud.instant();

    @Test
    void aTokenEndsWithItsTimeAndWithItsRevocation() {
        String token = login(SampleCloud.SERVICE_USER, SampleCloud.SERVICE_USER_PASSWORD, Tenant.A);
        assertThat(valid(token)).isTrue();
        test.time.advance(Duration.ofMinutes(59));
        assertThat(valid(token)).isTrue();
        test.time.advance(Duration.ofMinutes(1));
        assertThat(valid(token)).isFalse();
        String second = login(SampleCloud.SERVICE_USER, SampleCloud.SERVICE_USER_PASSWORD, Tenant.A);
        test.cloud.run(() -> test.cloud.tokens().revoke(second));
        assertThat(valid(second)).isFalse();
    }

    @Test
    void theServiceUserGetsIntoTenantBOnceItsRoleIsGranted() {
        assertThat(catchThrowableOfType(
                        Refused.class,
                        () -> login(SampleCloud.SERVICE_USER, SampleCloud.SERVICE_USER_PASSWORD, Tenant.B)))
                .extracting(Refused::kind)
                .isEqualTo(Refused.Kind.UNAUTHORIZED);
        test.cloud.run(() -> test.cloud
                .identity()
                .grant(
                        Tenant.B.projectId(),
                        SampleCloud.userId(SampleCloud.SERVICE_USER),
                        SampleCloud.roleId(Role.ADMIN)));
        String token = login(SampleCloud.SERVICE_USER, SampleCloud.SERVICE_USER_PASSWORD, Tenant.B);
        assertThat(valid(token)).isTrue();
        test.cloud.run(() -> test.cloud
                .identity()
                .revoke(
                        Tenant.B.projectId(),
                        SampleCloud.userId(SampleCloud.SERVICE_USER),
                        SampleCloud.roleId(Role.ADMIN)));
        assertThat(valid(token)).isFalse();
    }

    @Test
    void rolesImplyEachOther() {
        for (String role : SampleCloud.ROLES) {
            String token = login(role + "@company.com", SampleCloud.ROLE_USER_PASSWORD, Tenant.A);
            Caller caller =
                    test.cloud.execute(() -> test.cloud.tokens().caller(token).orElseThrow());
            assertThat(caller.roles())
                    .extracting(Role::name)
                    .containsExactlyElementsOf(
                            SampleCloud.ROLES.subList(SampleCloud.ROLES.indexOf(role), SampleCloud.ROLES.size()));
        }
    }

    @Test
    void aReaderMayLookButNotCreate() {
        String token = login("reader@company.com", SampleCloud.ROLE_USER_PASSWORD, Tenant.A);
        Caller reader =
                test.cloud.execute(() -> test.cloud.tokens().caller(token).orElseThrow());
        test.cloud.run(() -> test.cloud.servers().visible(reader, Tenant.A.webServerId()));
        assertThat(test.refusal(() -> test.cloud.servers().delete(reader, Tenant.A.webServerId())))
                .startsWith("Policy doesn't allow");
        assertThat(test.refusal(() -> test.cloud.servers().visible(reader, Tenant.B.webServerId())))
                .contains("could not be found");
    }

    private String login(String user, String password, Tenant tenant) {
        return test.cloud.execute(() -> test.cloud
                .tokens()
                .byPassword(null, user, password, new Scope.OfProject(tenant.projectId(), null))
                .token()
                .id());
    }

    private boolean valid(String token) {
        return test.cloud.execute(() -> test.cloud.tokens().caller(token).isPresent());
    }
}
