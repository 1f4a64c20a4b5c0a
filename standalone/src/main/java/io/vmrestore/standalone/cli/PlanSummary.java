package io.vmrestore.standalone.cli;

import java.io.PrintStream;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** A plan in a few lines of text. */
final class PlanSummary {
    private PlanSummary() {}

    static void print(JsonNode plan, PrintStream out) {
        JsonNode server = plan.path("server");
        JsonNode flavor = server.path("flavor");
        JsonNode point = plan.path("restore_point");
        out.printf(
                """

                Plan
                  VM       %s, %s (%d vCPU, %d MiB)
                  from     snapshot %s of %s, %d GiB
                  to       %s, %s, %s
                """,
                server.path("name").asString(),
                flavor.path("name").asString(),
                flavor.path("vcpus").asInt(),
                flavor.path("ram_megabytes").asInt(),
                point.path("name").asString(),
                point.path("created_at").asString(),
                point.path("size_gigabytes").asInt(),
                plan.path("new_name").asString(),
                plan.path("mode").asString(),
                plan.path("ip_strategy").asString());
        int width = Terminal.width();
        plan.path("warnings")
                .forEach(warning -> out.printf("  note     %s%n", Terminal.wrap(warning.asString(), 11, width)));
        out.println();
    }

    static String list(JsonNode values) {
        return StreamSupport.stream(values.spliterator(), false)
                .map(JsonNode::asString)
                .collect(Collectors.joining(", "));
    }
}
