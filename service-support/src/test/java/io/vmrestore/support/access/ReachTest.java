package io.vmrestore.support.access;

import static io.vmrestore.support.access.Permission.ADMIN;
import static io.vmrestore.support.access.Permission.OPERATE;
import static io.vmrestore.support.access.Permission.READ;
import static io.vmrestore.support.access.Permission.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ReachTest {
    private static final String OWN = "a47cf8b4a2c846d8b1410dbdc41cec4d";
    private static final String OTHER = "b1410dbdc41cec4da47cf8b4a2c846d8";

    @ParameterizedTest
    @EnumSource(Role.class)
    void aRoleOnTheOperatorsProjectCountsForEveryProject(Role role) {
        Reach reach = Reach.everywhere(role);
        for (Permission permission : Permission.values()) {
            boolean expected = role.permissions().contains(permission);
            assertThat(reach.may(permission, OWN)).isEqualTo(expected);
            assertThat(reach.may(permission, OTHER)).isEqualTo(expected);
            assertThat(reach.may(permission, null)).isEqualTo(expected);
            assertThat(reach.mayEverywhere(permission)).isEqualTo(expected);
        }
        assertThat(reach.seesAll()).isTrue();
        assertThat(reach.permissions()).isEqualTo(role.permissions());
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void aRoleElsewhereCountsThereAloneAndNeverOperatesTheSystem(Role role) {
        Reach reach = Reach.within(OWN, role);
        EnumSet<Permission> expected = EnumSet.copyOf(role.permissions());
        expected.remove(OPERATE);
        for (Permission permission : Permission.values()) {
            assertThat(reach.may(permission, OWN)).isEqualTo(expected.contains(permission));
            assertThat(reach.may(permission, OTHER)).isFalse();
            assertThat(reach.may(permission, OWN.toUpperCase(java.util.Locale.ROOT)))
                    .isFalse();
            assertThat(reach.may(permission, "")).isFalse();
            assertThat(reach.may(permission, null)).isFalse();
            assertThat(reach.mayEverywhere(permission)).isFalse();
        }
        assertThat(reach.seesAll()).isFalse();
        assertThat(reach.permissions()).isEqualTo(expected);
    }

    @Test
    void ofSeveralRolesEachCountsWhereItIsHeld() {
        Reach reach = new Reach(Role.VIEWER, Map.of(OWN, Role.SUPERADMIN));

        assertThat(reach.may(READ, OTHER)).isTrue();
        assertThat(reach.may(WRITE, OTHER)).isFalse();
        assertThat(reach.may(ADMIN, OWN)).isTrue();
        assertThat(reach.may(OPERATE, OWN)).isFalse();
        assertThat(reach.permissions()).containsExactlyInAnyOrder(READ, WRITE, ADMIN);
        assertThat(reach.strongest()).contains(Role.SUPERADMIN);
    }

    @Test
    void nowhereIsNothingSeen() {
        assertThat(Reach.nowhere().isNowhere()).isTrue();
        assertThat(Reach.nowhere().permissions()).isEmpty();
        assertThat(Reach.nowhere().strongest()).isEmpty();
        assertThat(Reach.nowhere().sees(OWN)).isFalse();
        assertThat(Reach.nowhere().sees(null)).isFalse();
    }

    static List<Reach> reaches() {
        List<Reach> all = new ArrayList<>(
                List.of(Reach.nowhere(), new Reach(Role.OPERATOR, Map.of(OWN, Role.ADMIN, OTHER, Role.VIEWER))));
        Arrays.stream(Role.values()).forEach(role -> {
            all.add(Reach.everywhere(role));
            all.add(Reach.within(OWN, role));
        });
        return all;
    }

    @ParameterizedTest
    @MethodSource("reaches")
    void surviveTheWayThroughAToken(Reach reach) {
        assertThat(Reach.of(Map.of("reach", reach.claim()))).isEqualTo(reach);
    }

    static List<Map<String, Object>> notUnderstood() {
        return List.of(
                Map.of(),
                Map.of("role", "superadmin"),
                Map.of("reach", "everywhere"),
                Map.of("reach", List.of("superadmin")),
                Map.of("reach", Map.of("everywhere", true)),
                Map.of("reach", Map.of("everywhere", "root")),
                Map.of("reach", Map.of("everywhere", List.of("superadmin"))),
                Map.of("reach", Map.of("projects", List.of(OWN))),
                Map.of("reach", Map.of("projects", Map.of(OWN, "root"))),
                Map.of("reach", Map.of("projects", Map.of(OWN, "viewer", OTHER, 7))),
                Map.of("reach", Map.of("projects", Map.of(" ", "viewer"))),
                Map.of("reach", Map.of("everywhere", "viewer", "projects", Map.of(OWN, "root"))),
                Map.of("reach", Map.of("everywhere", "root", "projects", Map.of(OWN, "viewer"))));
    }

    @ParameterizedTest
    @MethodSource("notUnderstood")
    void whatIsNotWhollyUnderstoodReachesNowhere(Map<String, Object> claims) {
        assertThat(Reach.of(claims)).isEqualTo(Reach.nowhere());
    }
}
