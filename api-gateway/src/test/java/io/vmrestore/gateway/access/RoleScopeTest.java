package io.vmrestore.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmrestore.support.access.Reach;
import io.vmrestore.support.access.Role;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoleScopeTest {
    private static final String OPERATORS = "a47cf8b4a2c846d8b1410dbdc41cec4d";
    private static final String TENANT = "0db9c8c1a2c846d8b1410dbdc41cec4d";

    private static RoleSettings settings(String scope, String operators, String ownId, String ownName) {
        return new RoleSettings(scope, operators, ownId, ownName, "Default", "");
    }

    private static HeldRoles held(String id, String name, String domain) {
        return new HeldRoles(new Project(id, name), domain, List.of("admin"));
    }

    @Test
    void theOperatorsProjectIsKnownByItsId() {
        for (RoleSettings known : List.of(
                settings("project", OPERATORS.toUpperCase(Locale.ROOT), TENANT, "service"),
                settings("project", "", OPERATORS, "service"))) {
            RoleScope scope = new RoleScope(known);
            assertThat(scope.of(held(OPERATORS, "renamed", "Elsewhere"), Role.ADMIN))
                    .isEqualTo(Reach.everywhere(Role.ADMIN));
            assertThat(scope.of(held(TENANT, "service", "Default"), Role.SUPERADMIN))
                    .isEqualTo(Reach.within(TENANT, Role.SUPERADMIN));
        }
    }

    @Test
    void orByItsNameInItsDomain() {
        RoleScope scope = new RoleScope(settings("project", "", "", "service"));

        assertThat(scope.of(held(OPERATORS, "service", "default"), Role.VIEWER))
                .isEqualTo(Reach.everywhere(Role.VIEWER));
        for (HeldRoles elsewhere : List.of(
                held(TENANT, "service", "Other"), held(TENANT, "service", ""), held(TENANT, "Service", "Default"))) {
            assertThat(scope.of(elsewhere, Role.SUPERADMIN)).isEqualTo(Reach.within(TENANT, Role.SUPERADMIN));
        }
    }

    @Test
    void rolesOnSeveralProjectsCountEachWhereItIsHeld() {
        Map<String, Role> roles = Map.of(OPERATORS, Role.VIEWER, TENANT, Role.ADMIN);

        assertThat(new RoleScope(settings("project", OPERATORS, "", "")).of(roles))
                .isEqualTo(new Reach(Role.VIEWER, Map.of(TENANT, Role.ADMIN)));
        assertThat(new RoleScope(settings("project", "", "", "service")).of(roles))
                .isEqualTo(new Reach(null, roles));
        assertThat(new RoleScope(settings("global", "", "", "")).of(roles)).isEqualTo(Reach.everywhere(Role.ADMIN));
    }

    @Test
    void globallyAnyRoleCountsEverywhere() {
        assertThat(new RoleScope(settings("global", "", "", "")).of(held(TENANT, "x", "y"), Role.SUPERADMIN))
                .isEqualTo(Reach.everywhere(Role.SUPERADMIN));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Project", "domain", "any"})
    void anotherScopeStopsTheStart(String scope) {
        assertThatThrownBy(() -> settings(scope, OPERATORS, "", ""))
                .hasMessage("RESTORE_ROLE_SCOPE is '" + scope + "'; it is either project (a role counts where it is"
                        + " held) or global (any role counts everywhere)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"service", "a47cf8b4a2c846d8b1410dbdc41cec4", "a47cf8b4a2c846d8b1410dbdc41cec4d,x"})
    void aNameInThePlaceOfTheIdStopsTheStart(String name) {
        assertThatThrownBy(() -> settings("project", name, "", "service"))
                .hasMessage("RESTORE_OPERATORS_PROJECT is '" + name
                        + "', which is no project id. Set it to the id, not the name, of the project on which operators"
                        + " have their roles; find it with: openstack project show <name> -f value -c id");
    }

    @Test
    void withoutAnyProjectTheStartIsRefused() {
        assertThatThrownBy(() -> settings("project", "", "", " "))
                .hasMessageStartingWith("RESTORE_OPERATORS_PROJECT is not set, and neither is OS_PROJECT_NAME");
        assertThatCode(() -> settings("global", "", "", "")).doesNotThrowAnyException();
    }

    @Test
    void rolesByProjectNeedTheOperatorsProjectsId() {
        assertThatThrownBy(() -> new RoleSettings("project", "", "", "service", "Default", "projects"))
                .hasMessage("RESTORE_JWT_PROJECTS_CLAIM names projects by their ids, and the id of the operators'"
                        + " project is not known: set RESTORE_OPERATORS_PROJECT");
        assertThatCode(() -> new RoleSettings("project", "", OPERATORS, "service", "Default", "projects"))
                .doesNotThrowAnyException();
    }
}
