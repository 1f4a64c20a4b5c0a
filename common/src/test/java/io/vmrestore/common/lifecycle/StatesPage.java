package io.vmrestore.common.lifecycle;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes {@code docs/states.md} from the tables that run. */
final class StatesPage {
    private final StringBuilder text = new StringBuilder();

    static String text() {
        StatesPage page = new StatesPage();
        page.write();
        return page.text.toString();
    }

    private void write() {
        line("# States");
        line("");
        line("<!-- Generated from JobTable.java and StepTable.java by StatesPageTest. Edit the tables there. -->");
        line("");
        line("What each event does to a restore and to its steps. Every event meets one of three answers: it is"
                + " *applied*, *ignored*");
        line("with a reason, or *illegal*, which takes it to the dead-letter topic. A test tries every event in"
                + " every status and holds");
        line("the answers against these tables.");
        line("");
        line("## Restores");
        line("");
        diagram(Transitions.ofJobs(), JobTable.UNKNOWN, Map.of());
        table(Transitions.ofJobs());
        line("Dispatch forgets ended restores after `RESTORE_DISPATCH_RETENTION`, so it ignores the answers of"
                + " steps of restores");
        line("that it does not know.");
        line("");
        line("## Steps of a running restore");
        line("");
        line("A step is PENDING until the steps that it depends on are completed; then it is commanded. The API"
                + " shows COMMANDED as");
        line("PENDING: no executor has begun yet.");
        line("");
        diagram(
                Transitions.ofSteps(),
                "PENDING",
                Map.of("PENDING --> " + StepPhase.COMMANDED, new LinkedHashSet<>(Set.of("dependencies met"))));
        table(Transitions.ofSteps());
        text.setLength(text.length() - 1);
    }

    private void diagram(List<Transitions.Row> rows, String first, Map<String, Set<String>> further) {
        line("```mermaid");
        line("stateDiagram-v2");
        Map<String, Set<String>> arrows = new LinkedHashMap<>();
        if (!first.equals(JobTable.UNKNOWN)) {
            line("    [*] --> " + first);
        }
        arrows.putAll(further);
        Set<String> left = rows.stream()
                .filter(row -> row.to() != null && !row.to().equals(row.from()))
                .map(Transitions.Row::from)
                .collect(Collectors.toSet());
        Set<String> ends = new LinkedHashSet<>();
        for (Transitions.Row row : rows) {
            if (row.to() != null && !row.to().equals(row.from())) {
                String from = row.from().equals(JobTable.UNKNOWN) ? "[*]" : row.from();
                arrows.computeIfAbsent(from + " --> " + row.to(), _ -> new LinkedHashSet<>())
                        .add(row.event());
                if (!left.contains(row.to())) {
                    ends.add(row.to());
                }
            }
        }
        arrows.forEach((arrow, events) -> line("    " + arrow + " : " + String.join(", ", events)));
        ends.forEach(end -> line("    " + end + " --> [*]"));
        line("```");
        line("");
    }

    /** One line for all events that meet the same answers in the same status. */
    private void table(List<Transitions.Row> rows) {
        line("| Status | Event | Answer |");
        line("|---|---|---|");
        Map<String, Map<String, String>> answers = new LinkedHashMap<>();
        for (Transitions.Row row : rows) {
            String answer = (row.to() == null ? row.kind() : "**" + row.to() + "**") + ": " + row.when();
            Map<String, String> ofStatus = answers.computeIfAbsent(row.from(), _ -> new LinkedHashMap<>());
            if (row.rest()) {
                ofStatus.put("any other", answer);
            } else {
                ofStatus.merge(row.event(), answer, (one, other) -> one + "; " + other);
            }
        }
        answers.forEach((from, ofStatus) -> {
            Map<String, Set<String>> groups = new LinkedHashMap<>();
            ofStatus.forEach((event, answer) -> groups.computeIfAbsent(answer, _ -> new LinkedHashSet<>())
                    .add(ofStatus.size() == 1 ? "any" : event));
            groups.forEach(
                    (answer, group) -> line("| " + from + " | " + String.join(", ", group) + " | " + answer + " |"));
        });
        line("");
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
