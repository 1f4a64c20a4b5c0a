package io.vmrestore.standalone.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Shows the steps of a restore while they go on: redrawn in a terminal, one line a change elsewhere. */
sealed interface ProgressDisplay {

    void show(JsonNode job);

    /** Leaves the last state on the screen. */
    void end();

    /** @param environment tells a terminal that cannot move its cursor ({@code TERM=dumb}), and {@code NO_COLOR} */
    static ProgressDisplay on(PrintStream out, Map<String, String> environment) {
        boolean terminal = Terminal.isWatched()
                && !environment.getOrDefault("TERM", "dumb").equals("dumb");
        boolean colored = environment.getOrDefault("NO_COLOR", "").isEmpty();
        return terminal ? new Redrawn(out, colored) : new Lines(out);
    }

    /**
     * A block of lines that is drawn over itself. The terminal does not wrap them meanwhile: each takes one row however
     * narrow the window is, so the way back up is known.
     */
    final class Redrawn implements ProgressDisplay {
        private static final int WIDTH = 24;
        private static final char[] SPINNER = {'|', '/', '-', '\\'};

        private static final String WRAP_OFF = "\u001b[?7l";
        private static final String WRAP_ON = "\u001b[?7h";
        private static final String CLEAR_LINE = "\u001b[2K";

        private final PrintStream out;
        private final boolean colored;
        private int linesDrawn;
        private int turn;

        Redrawn(PrintStream out, boolean colored) {
            this.out = out;
            this.colored = colored;
        }

        @Override
        public void show(JsonNode job) {
            StringBuilder screen = new StringBuilder(WRAP_OFF);
            if (linesDrawn > 0) {
                screen.append("\u001b[").append(linesDrawn).append('A');
            }
            JsonNode progress = job.path("progress");
            int done = progress.path("completed_steps").asInt();
            int total = Math.max(1, progress.path("total_steps").asInt());
            int filled = WIDTH * done / total;
            screen.append(CLEAR_LINE)
                    .append("  ")
                    .append("█".repeat(filled))
                    .append("░".repeat(WIDTH - filled))
                    .append(" %d/%d  %s%n"
                            .formatted(done, total, job.path("status").asString()));
            linesDrawn = 1;
            for (JsonNode step : job.path("steps")) {
                screen.append(CLEAR_LINE).append("  ").append(line(step)).append(System.lineSeparator());
                linesDrawn++;
            }
            turn++;
            out.print(screen.append(WRAP_ON));
            out.flush();
        }

        @Override
        public void end() {
            out.println();
        }

        private String line(JsonNode step) {
            String mark = switch (step.path("status").asString()) {
                case "COMPLETED" -> color(32, "✔");
                case "FAILED" -> color(31, "✘");
                case "RUNNING" -> color(36, Character.toString(SPINNER[turn % SPINNER.length]));
                case "SKIPPED" -> "-";
                default -> "·";
            };
            return mark + " " + Steps.describe(step) + Steps.waits(step);
        }

        private String color(int code, String text) {
            return colored ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
        }
    }

    /** One line whenever a step or the job changes; for logs and pipes. */
    final class Lines implements ProgressDisplay {
        private final PrintStream out;
        private final Map<Integer, String> shown = new HashMap<>();
        private String jobStatus = "";

        Lines(PrintStream out) {
            this.out = out;
        }

        @Override
        public void show(JsonNode job) {
            for (JsonNode step : job.path("steps")) {
                String status = Steps.status(step);
                if (!status.equals("PENDING")
                        && !status.equals(shown.put(step.path("step_order").asInt(), status))) {
                    out.println("  " + Steps.describe(step) + "  " + status);
                }
            }
            String status = job.path("status").asString();
            if (!status.equals(jobStatus)) {
                jobStatus = status;
                out.println("  restore " + status);
            }
        }

        @Override
        public void end() {
            out.flush();
        }
    }

    /** How a step is named on the screen. */
    final class Steps {
        private Steps() {}

        static String describe(JsonNode step) {
            String name = step.path("action").asString();
            if (!step.path("nic").isNull() && !step.path("nic").isMissingNode()) {
                name += " (interface " + step.path("nic").asInt() + ")";
            }
            // The time comes first: a narrow terminal cuts the end.
            return "%2d %8s  %s".formatted(step.path("step_order").asInt(), elapsed(step), name);
        }

        /** The step's status, and what it waits for. */
        static String status(JsonNode step) {
            return step.path("status").asString() + waits(step);
        }

        /** The service that the step waits for because it gives no answer; empty if it waits for none. */
        static String waits(JsonNode step) {
            JsonNode waiting = step.path("waiting_for");
            return waiting.isObject()
                    ? "  waits for the %s service since %s: %s"
                            .formatted(
                                    waiting.path("service").asString(),
                                    waiting.path("since").asString(),
                                    waiting.path("last_answer").asString())
                    : "";
        }

        private static String elapsed(JsonNode step) {
            if (step.path("started_at").isNull() || step.path("started_at").isMissingNode()) {
                return "";
            }
            Instant from = Instant.parse(step.path("started_at").asString());
            Instant to = step.path("completed_at").isNull()
                    ? Instant.now()
                    : Instant.parse(step.path("completed_at").asString());
            return "%.2f s".formatted(Math.max(0, Duration.between(from, to).toMillis()) / 1000.0);
        }
    }
}
