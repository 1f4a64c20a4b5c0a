package io.vmrestore.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What is sent for a command, and what becomes of the answers. */
class OperatorCommandsTest {
    private static final String JOB = "7d444840-9dc0-11d1-b245-5ffdce74fad2";

    private final List<String> requests = new ArrayList<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private String answer = "{}";
    private int status = 200;
    private HttpServer gateway;

    @Command(name = "program")
    private static final class Program {}

    @BeforeEach
    void start() throws IOException {
        gateway = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        gateway.createContext("/", this::answer);
        gateway.start();
    }

    @AfterEach
    void stop() {
        gateway.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                + exchange.getRequestHeaders().getFirst("Authorization") + " "
                + new String(exchange.getRequestBody().readAllBytes(), UTF_8));
        byte[] body = answer.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private int execute(String... words) {
        String url = "http://127.0.0.1:" + gateway.getAddress().getPort();
        SignIn signIn =
                new SignIn(Map.of("RESTORE_ACCESS_TOKEN", "token"), () -> Optional.of(new SignIn.Local(url, null)));
        PrintStream said = new PrintStream(out, true, UTF_8);
        CommandLine program = new CommandLine(new Program());
        OperatorCommands.addTo(program, signIn, said);
        return Conventions.apply(program, said, new PrintStream(err, true, UTF_8))
                .execute(words);
    }

    @Test
    void aCommandIsOneRequestWithTheOperatorsToken() {
        answer = "{\"job_id\": \"" + JOB + "\", \"status\": \"RUNNING\"}";

        assertThat(execute("redrive", JOB)).isEqualTo(ExitCode.DONE);

        assertThat(requests).containsExactly("POST /restore/jobs/" + JOB + "/redrive Bearer token {}");
        assertThat(out.toString(UTF_8))
                .isEqualToIgnoringNewLines("Job " + JOB + " is RUNNING; what it waits for is asked for once more.");
    }

    @Test
    void aRefusalIsTheGatewaysOwnExplanationAndExitCode1() {
        status = 403;
        answer = "{\"detail\": \"The permission restore:operate is needed.\"}";

        assertThat(execute("rebuild")).isEqualTo(ExitCode.REFUSED);

        assertThat(err.toString(UTF_8))
                .isEqualToIgnoringNewLines("POST /restore/operations/status-rebuild answered 403:"
                        + " The permission restore:operate is needed.");
    }

    @Test
    void allLettersAreSentBackAHundredAtATime() {
        answer = IntStream.range(0, 150)
                .mapToObj(number -> "{\"id\": \"letter-" + number + "\", \"outcome\": \"REDRIVEN\"}")
                .collect(Collectors.joining(",", "{\"dead_letters\": [", "]}"));

        assertThat(execute("dead-letters", "redrive", "--all")).isEqualTo(ExitCode.DONE);

        assertThat(requests).hasSize(3);
        assertThat(requests.get(1)).contains("\"letter-0\"", "\"letter-99\"").doesNotContain("\"letter-100\"");
        assertThat(requests.get(2)).contains("\"letter-100\"", "\"letter-149\"");
    }

    @Test
    void idsAndAllTogetherAreWrongUse() {
        assertThat(execute("dead-letters", "redrive", "--all", "letter-1")).isEqualTo(ExitCode.USAGE);

        assertThat(err.toString(UTF_8)).startsWith("Give the ids of dead letters, or --all");
        assertThat(requests).isEmpty();
    }

    @Test
    void anUnknownGatewayIsSaidInOneLine() {
        gateway.stop(0);

        assertThat(execute("rebuild")).isEqualTo(ExitCode.BROKEN);

        assertThat(err.toString(UTF_8).lines()).hasSize(1);
    }
}
