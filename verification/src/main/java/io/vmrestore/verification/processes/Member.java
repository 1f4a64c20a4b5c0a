package io.vmrestore.verification.processes;

import java.util.Arrays;
import java.util.List;

/**
 * One process of the fleet.
 *
 * @param number among those of its role, from 1
 */
public record Member(Role role, int number) {

    /** The name in logs, such as {@code executor-2}. */
    public String name() {
        return role.label() + "-" + number;
    }

    /** The name of the broker's listener for this process, such as {@code EXECUTOR_2}. */
    public String listener() {
        return role.name() + "_" + number;
    }

    /** All processes that run one of the four services. */
    public static List<Member> services() {
        return Arrays.stream(Role.values())
                .filter(role -> role.service() != null)
                .flatMap(role -> role.members().stream())
                .toList();
    }

    @Override
    public String toString() {
        return name();
    }
}
