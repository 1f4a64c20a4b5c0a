package io.vmrestore.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code dead-letters}: lists the records that could not be used, or sends them back. */
@Command(name = "dead-letters", description = "list the records that could not be used, or send them back")
final class DeadLetterCommand implements Callable<Integer> {
    private static final String DEAD_LETTERS = "/restore/operations/dead-letters";

    /** The gateway takes no more in one request. */
    private static final int MOST_IDS = 100;

    private final SignIn signIn;
    private final PrintStream out;

    @Spec
    private CommandSpec command = CommandSpec.create();

    DeadLetterCommand(SignIn signIn, PrintStream out) {
        this.signIn = signIn;
        this.out = out;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        JsonNode answer = signIn.open().get(DEAD_LETTERS);
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
        return ExitCode.DONE;
    }

    @Command(name = "redrive", description = "send them back to the topics they come from")
    void redrive(
            @Parameters(paramLabel = "ID", arity = "0..*", description = "ids of those to send back")
                    String @Nullable [] ids,
            @Option(names = "--all", description = "all that are there now") boolean all)
            throws IOException, InterruptedException {
        // Without any id picocli gives null.
        List<String> some = ids == null ? List.of() : List.of(ids);
        if (some.isEmpty() != all) {
            throw new ParameterException(
                    command.subcommands().get("redrive"), "Give the ids of dead letters, or --all");
        }
        Gateway gateway = signIn.open();
        // Those that are there now: a record whose cause is not gone comes back as a new letter.
        redrive(gateway, all ? all(gateway) : some);
    }

    private void redrive(Gateway gateway, List<String> ids) throws IOException, InterruptedException {
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

    private static List<String> all(Gateway gateway) throws IOException, InterruptedException {
        List<String> ids = new ArrayList<>();
        gateway.get(DEAD_LETTERS)
                .path("dead_letters")
                .forEach(letter -> ids.add(letter.path("id").asString()));
        return ids;
    }
}
