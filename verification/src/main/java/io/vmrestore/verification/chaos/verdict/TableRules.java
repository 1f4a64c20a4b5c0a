package io.vmrestore.verification.chaos.verdict;

import io.vmrestore.verification.chaos.verdict.Violation.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** The tables, and what each gateway shows of them, are what a fold of the whole log gives. */
final class TableRules {
    private TableRules() {}

    static List<Violation> check(World world) {
        List<Violation> found = new ArrayList<>();
        world.jobs().forEach((id, job) -> {
            if (!world.rows().contains(id)) {
                found.add(new Violation(Kind.TABLES, id, "is in the log and not in the tables"));
            }
            ShownJob expected = ShownJob.of(job.state());
            for (JsonNode shown : world.shown().getOrDefault(id, List.of())) {
                expected.differences(shown)
                        .forEach(difference -> found.add(new Violation(Kind.TABLES, id, difference)));
            }
        });
        for (UUID row : world.rows()) {
            if (!world.jobs().containsKey(row)) {
                found.add(new Violation(Kind.TABLES, row, "is in the tables and not in the log"));
            }
        }
        return found;
    }
}
