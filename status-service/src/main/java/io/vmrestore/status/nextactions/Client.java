package io.vmrestore.status.nextactions;

import io.vmrestore.common.contract.Plan;
import java.util.ArrayList;
import java.util.List;

/** Commands of the stock {@code openstack} client in the project of a restore, whatever project the caller works in. */
final class Client {
    private Client() {}

    static String of(Plan plan, String... words) {
        return of(plan, List.of(words));
    }

    static String of(Plan plan, List<String> words) {
        List<String> all = new ArrayList<>(List.of("openstack", "--os-project-id", plan.projectId()));
        all.addAll(words);
        return Shell.command(all);
    }
}
