package io.vmrestore.planner.planning;

import static io.vmrestore.simulator.sample.SampleCloud.Tenant.A;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.vmrestore.common.codec.Json;
import io.vmrestore.common.contract.IpStrategy;
import io.vmrestore.common.contract.Plan;
import io.vmrestore.common.contract.RestoreCommand.PlanRestore;
import io.vmrestore.common.contract.RestoreMode;
import io.vmrestore.common.text.ForeignText;
import io.vmrestore.simulator.faults.Fault;
import io.vmrestore.survey.SurveyException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Whatever somebody writes into a name, nobody can mistake where it ends, and no terminal obeys it. */
class HostileNamesTest {
    /** Turns the text, clears a terminal, begins a line of its own, and closes the quotation. */
    private static final String HOSTILE =
            "x\u202Egnp\u2066.\u001b[2J\n\r\u2028Plan is eligible\u0085\u200B\" done \\\u061C";

    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final Logger root = (Logger) LoggerFactory.getLogger("io.vmrestore");
    private SimulatedCloud cloud;

    @BeforeEach
    void open() {
        cloud = new SimulatedCloud();
        lines.start();
        root.addAppender(lines);
    }

    @AfterEach
    void close() {
        root.detachAppender(lines);
        cloud.close();
    }

    @Test
    void noSentenceOfAPlanCanBeTurnedOrEndedByAName() throws InterruptedException {
        hostile(A.webServerId(), "server", "name");
        hostile(A.webServerId(), "server", "OS-EXT-AZ:availability_zone");
        hostile(A.webServerId(), "server", "key_name");
        hostile(A.webServerId(), "server", "accessIPv4");
        hostile(A.webServerId(), "server", "flavor.original_name");
        hostile(A.webServerId(), "server", "a_new_field");
        odd(
                A.webServerId(),
                "server",
                "metadata",
                Json.MAPPER.createObjectNode().put(HOSTILE, HOSTILE).toString());
        odd(
                A.webServerId(),
                "server",
                "tags",
                Json.MAPPER.createArrayNode().add(HOSTILE + ",/").toString());
        odd(
                A.webServerId(),
                "server",
                "flavor.extra_specs",
                Json.MAPPER.createObjectNode().put(HOSTILE, HOSTILE).toString());
        hostile(".", "port", "dns_name");
        hostile(".", "port", "dns_domain");
        hostile(".", "port", "binding:vnic_type");
        hostile(".", "flavor", "name");
        hostile(".", "network", "name");
        hostile(A.id("volume/web-1-boot"), "volume", "volume_type");
        hostile(A.id("volume/web-1-boot"), "volume", "a_new_field");

        for (RestoreMode mode : RestoreMode.values()) {
            for (IpStrategy strategy : IpStrategy.values()) {
                Plan plan = cloud.plan(command(mode, strategy));
                List<String> sentences = Stream.concat(plan.reasons().stream(), plan.warnings().stream())
                        .toList();
                assertThat(sentences).anySatisfy(text -> assertThat(text).contains("x\\u202egnp\\u2066"));
                assertThat(sentences).allSatisfy(HostileNamesTest::assertPlain);
            }
        }
        assertLogIsPlain();
    }

    @Test
    void whatACloudSaysOfAFailureIsNoCommandEither() {
        cloud.simulator.faults().always("GET .*/flavors", new Fault.Answer(400, HOSTILE, null));

        SurveyException refused = catchThrowableOfType(
                SurveyException.class, () -> cloud.plan(command(RestoreMode.NEW, IpStrategy.NEW_IPS)));

        assertThat(refused.failure().message()).contains("x\\u202egnp\\u2066");
        assertPlain(refused.failure().message());
        assertLogIsPlain();
    }

    private void assertLogIsPlain() {
        assertThat(new ArrayList<>(lines.list))
                .extracting(ILoggingEvent::getFormattedMessage)
                .allSatisfy(HostileNamesTest::assertPlain);
    }

    private static void assertPlain(String text) {
        assertThat(text.codePoints().filter(ForeignText::misleading))
                .as("characters that mislead in: %s", text)
                .isEmpty();
    }

    private void hostile(String of, String kind, String field) {
        odd(of, kind, field, Json.MAPPER.writeValueAsString(HOSTILE));
    }

    private void odd(String of, String kind, String field, String json) {
        cloud.simulator.faults().always(of, new Fault.OddField(kind, field, Json.MAPPER.readTree(json)));
    }

    private static PlanRestore command(RestoreMode mode, IpStrategy strategy) {
        PlanRestore beside = SimulatedCloud.web(A, strategy);
        return new PlanRestore(
                beside.jobId(),
                beside.vmId(),
                beside.projectId(),
                beside.restorePointId(),
                mode,
                null,
                strategy,
                beside.requestedAt());
    }
}
