package io.vmrestore.simulator.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.simulator.Simulator;
import io.vmrestore.simulator.SimulatorSettings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The README shows each kind of fault with an example that works. */
class DocumentedFaultsTest {
    private static final Pattern EXAMPLE = Pattern.compile("`fault '(\\{.*?})'`");

    @Test
    void everyKindHasAnExampleThatWorks() throws Exception {
        List<String> examples = EXAMPLE.matcher(Files.readString(Path.of("README.md")))
                .results()
                .map(found -> found.group(1))
                .toList();
        try (Simulator simulator = Simulator.start(SimulatorSettings.instant());
                HttpClient http = HttpClient.newHttpClient()) {
            for (String example : examples) {
                HttpRequest request = HttpRequest.newBuilder(URI.create(simulator.url() + "/simulator/faults"))
                        .POST(BodyPublishers.ofString(example))
                        .build();
                assertThat(http.send(request, BodyHandlers.ofString()).statusCode())
                        .as(example)
                        .isEqualTo(201);
            }
            assertThat(simulator.faults().rules())
                    .extracting(rule -> rule.fault().getClass().getSimpleName())
                    .containsExactlyInAnyOrderElementsOf(
                            Fault.kinds().stream().map(Class::getSimpleName).toList());
        }
    }
}
