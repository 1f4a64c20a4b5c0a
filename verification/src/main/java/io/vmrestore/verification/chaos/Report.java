package io.vmrestore.verification.chaos;

import io.vmrestore.common.lifecycle.JobState;
import io.vmrestore.verification.chaos.load.AnswerClass;
import io.vmrestore.verification.chaos.load.Journal;
import io.vmrestore.verification.chaos.nemesis.FaultLog;
import io.vmrestore.verification.chaos.verdict.FoldedJob;
import io.vmrestore.verification.chaos.verdict.Violation;
import io.vmrestore.verification.chaos.verdict.World;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** The one table that a run ends with, and what a person needs who has to find out why a promise was not kept. */
final class Report {
    private static final int SHOWN_VIOLATIONS = 40;
    private static final int SHOWN_JOBS = 5;
    private static final int EVENT_LENGTH = 260;

    private final ChaosOptions options;
    private final FaultLog log;
    private final Journal journal;
    private final World world;
    private final List<Violation> violations;
    private final Duration settled;

    Report(
            ChaosOptions options,
            FaultLog log,
            Journal journal,
            World world,
            List<Violation> violations,
            Duration settled) {
        this.options = options;
        this.log = log;
        this.journal = journal;
        this.world = world;
        this.violations = violations;
        this.settled = settled;
    }

    void print(PrintStream out) {
        violations.stream()
                .limit(SHOWN_VIOLATIONS)
                .forEach(violation -> out.println(violation.kind().label() + ": "
                        + (violation.job() == null ? "" : violation.job() + " ") + violation.what()));
        violations.stream()
                .map(Violation::job)
                .filter(world.jobs()::containsKey)
                .distinct()
                .limit(SHOWN_JOBS)
                .forEach(job -> events(job, out));
        if (!violations.isEmpty()) {
            out.println("Faults: " + log.file());
            out.println("Replay: " + options.command());
        }
        table(out);
    }

    private void events(UUID job, PrintStream out) {
        FoldedJob folded = world.jobs().get(job);
        if (folded == null) {
            return;
        }
        out.println("Events of " + job + ":");
        folded.events().forEach(event -> {
            String text = event.toString();
            out.println("  " + event.time() + " "
                    + (text.length() > EVENT_LENGTH ? text.substring(0, EVENT_LENGTH) + "..." : text));
        });
    }

    private void table(PrintStream out) {
        out.printf(
                "%n| chaos | %d minutes, seed %d, %s |%n|---|---|%n",
                options.length().toMinutes(), options.seed(), options.guarantee());
        row(out, "faults", log.begun() + " (" + log.skipped() + " skipped)");
        log.counts().forEach((kind, count) -> row(out, "· " + kind.label(), count));
        row(out, "restores", world.jobs().size());
        Map<String, Integer> outcomes = new TreeMap<>();
        world.jobs().values().forEach(job -> outcomes.merge(outcome(job), 1, Integer::sum));
        outcomes.forEach((outcome, count) -> row(out, "· " + outcome, count));
        Map<AnswerClass, Integer> answers = journal.counts();
        row(
                out,
                "answers",
                answers.values().stream().mapToInt(Integer::intValue).sum());
        answers.forEach((answer, count) -> row(out, "· " + answer.label(), count));
        row(out, "ended after the last fault", settled.toSeconds() + " s");
        for (Violation.Kind kind : Violation.Kind.values()) {
            row(
                    out,
                    "**" + kind.label() + "**",
                    violations.stream()
                            .filter(violation -> violation.kind() == kind)
                            .count());
        }
    }

    private static String outcome(FoldedJob job) {
        JobState state = job.state();
        String status = state.request().mode() + " " + state.status();
        return state.failure() == null
                ? status
                : status + ": " + state.failure().kind().wireName();
    }

    private static void row(PrintStream out, String name, Object value) {
        out.println("| " + name + " | " + value + " |");
    }
}
