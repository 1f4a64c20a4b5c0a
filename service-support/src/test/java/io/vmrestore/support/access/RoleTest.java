package io.vmrestore.support.access;

import static io.vmrestore.support.access.Permission.ADMIN;
import static io.vmrestore.support.access.Permission.OPERATE;
import static io.vmrestore.support.access.Permission.READ;
import static io.vmrestore.support.access.Permission.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RoleTest {

    @Test
    void everyRoleHasThePermissionsOfTheUsersDocument() {
        assertThat(Role.VIEWER.permissions()).containsExactlyInAnyOrder(READ);
        assertThat(Role.OPERATOR.permissions()).containsExactlyInAnyOrder(READ);
        assertThat(Role.ADMIN.permissions()).containsExactlyInAnyOrder(READ, WRITE);
        assertThat(Role.SUPERADMIN.permissions()).containsExactlyInAnyOrder(READ, WRITE, ADMIN, OPERATE);
    }

    @Test
    void rolesAndPermissionsHaveTheirNamesInTokens() {
        assertThat(Arrays.stream(Role.values()).map(Role::wireName))
                .containsExactly("viewer", "operator", "admin", "superadmin");
        assertThat(Arrays.stream(Permission.values()).map(Permission::wireName))
                .containsExactly("restore:read", "restore:write", "restore:admin", "restore:operate");
    }

    @Test
    void aNameIsFoundExactlyAsItIsWritten() {
        for (Role role : Role.values()) {
            assertThat(Role.ofWireName(role.wireName())).contains(role);
        }
        assertThat(Role.ofWireName("ADMIN")).isEmpty();
        assertThat(Role.ofWireName("root")).isEmpty();
        assertThat(Role.ofWireName("")).isEmpty();
    }
}
