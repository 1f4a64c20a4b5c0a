package io.vmrestore.standalone.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** What an operator does when something does not get on; each is one request to the gateway, or a few. */
final class Operations {
    static final String USAGE = """
          redrive JOB             ask once more for what a job waits for
          interrupt JOB REASON    give a job up; what it made is named and stays
          dead-letters            list the records that could not be used
          dead-letters redrive ID... | --all
                                  send them back to the topics they come from
          rebuild                 fold the status tables anew while everything goes on\
        """;

    private static final String JOBS = "/restore/jobs/";
    private static final String REBUILD = "/restore/operations/status-rebuild";
    private static final String DEAD_LETTERS = "/restore/operations/dead-letters";

    /** The gateway takes no more in one request. */
    private static final int MOST_IDS = 100;

    private final Gateway gateway;
    private final PrintStream out;

    Operations(Gateway gateway, PrintStream out) {
        this.gateway = gateway;
        this.out = out;
    }

    /** Whether these arguments are one of the commands above. */
    static boolean knows(String[] arguments) {
        List<String> words = List.of(arguments);
        return switch (words.isEmpty() ? "" : words.getFirst()) {
            case "rebuild" -> words.size() == 1;
            case "redrive" -> words.size() == 2;
            case "interrupt" -> words.size() == 3;
            case "dead-letters" ->
                words.size() == 1 || (words.size() > 2 && words.get(1).equals("redrive"));
            default -> false;
        };
    }

    /** @param arguments such that {@link #knows} them */
    void run(String[] arguments) throws IOException, InterruptedException {
        switch (arguments[0]) {
            case "rebuild" -> rebuild();
            case "redrive" -> redrive(arguments[1]);
            case "interrupt" -> interrupt(arguments[1], arguments[2]);
            default -> deadLetters(Arrays.asList(arguments).subList(1, arguments.length));
        }
    }

    private void redrive(String job) throws IOException, InterruptedException {
        JsonNode answer = gateway.post(JOBS + id(job) + "/redrive", Map.of());
        out.printf(
                "Job %s is %s; what it waits for is asked for once more.%n",
                answer.path("job_id").asString(), answer.path("status").asString());
    }

    private void interrupt(String job, String reason) throws IOException, InterruptedException {
        gateway.post(JOBS + id(job) + "/interrupt", Map.of("reason", reason));
        JsonNode ended = gateway.get(JOBS + id(job));
        out.printf(
                "Job %s is %s.%n",
                ended.path("job_id").asString(), ended.path("status").asString());
        ended.path("leftovers")
                .forEach(left -> out.printf(
                        "  left: %s %s%n",
                        left.path("type").asString(), left.path("id").asString()));
    }

    private void deadLetters(List<String> words) throws IOException, InterruptedException {
        if (words.isEmpty()) {
            list();
        } else if (words.equals(List.of("redrive", "--all"))) {
            redriveAll();
        } else {
            redrive(words.subList(1, words.size()));
        }
    }

    private void list() throws IOException, InterruptedException {
        JsonNode answer = gateway.get(DEAD_LETTERS);
        JsonNode letters = answer.path("dead_letters");
        if (letters.isEmpty()) {
            out.println("There are no dead letters.");
        }
        letters.forEach(letter -> out.printf(
                "%s  %s  %s-%s@%s  %s  key %s%n    %s%n",
                letter.path("id").asString(),
                letter.path("time").asString(),
                letter.path("topic").asString(),
                letter.path("partition").asString("?"),
                letter.path("offset").asString("?"),
                letter.path("type").asString("of no known type"),
                letter.path("key").asString("none"),
                letter.path("cause").asString()));
        if (answer.path("more").asBoolean()) {
            out.println("There are more; they show when these are sent back.");
        }
    }

    /** Those that are there now: a record whose cause is not gone comes back as a new letter. */
    private void redriveAll() throws IOException, InterruptedException {
        List<String> ids = new ArrayList<>();
        gateway.get(DEAD_LETTERS)
                .path("dead_letters")
                .forEach(letter -> ids.add(letter.path("id").asString()));
        redrive(ids);
    }

    private void redrive(List<String> ids) throws IOException, InterruptedException {
        for (int first = 0; first < ids.size(); first += MOST_IDS) {
            List<String> some = ids.subList(first, Math.min(ids.size(), first + MOST_IDS));
            gateway.post(DEAD_LETTERS + "/redrive", Map.of("ids", some))
                    .path("dead_letters")
                    .forEach(letter -> out.printf(
                            "%s  %s%n",
                            letter.path("id").asString(), letter.path("outcome").asString()));
        }
        if (ids.isEmpty()) {
            out.println("There are no dead letters.");
        }
    }

    private void rebuild() throws IOException, InterruptedException {
        JsonNode run = gateway.post(REBUILD, Map.of());
        String id = run.path("id").asString();
        long shown = -1;
        while (run.path("state").asString().equals("RUNNING")) {
            if (run.path("records").asLong() != shown) {
                shown = run.path("records").asLong();
                out.printf(
                        "Folded %d of %d records.%n",
                        shown, run.path("records_total").asLong());
            }
            TimeUnit.MILLISECONDS.sleep(500);
            run = gateway.get(REBUILD);
            if (!run.path("id").asString().equals(id)) {
                throw new CommandLineException("Another run has begun meanwhile: see GET " + REBUILD);
            }
        }
        if (!run.path("state").asString().equals("COMPLETED")) {
            throw new CommandLineException("The tables were not rebuilt and are as before: "
                    + run.path("problem").asString("the status-service that folded them has died; try again"));
        }
        out.printf(
                "The status tables are rebuilt: %d jobs from %d records.%n",
                run.path("jobs").asLong(), run.path("records").asLong());
    }

    private static String id(String job) {
        if (!job.matches("[0-9a-fA-F-]{36}")) {
            throw new CommandLineException("'" + job + "' is no job id; GET /restore/jobs lists the jobs.");
        }
        return job;
    }
}
