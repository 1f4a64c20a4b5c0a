package io.vmrestore.common.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EventTypeTest {

    @Test
    void everyEventIsInTheCatalog() {
        List<Class<?>> records = Arrays.stream(RestoreEvent.class.getPermittedSubclasses())
                .flatMap(type ->
                        type.isSealed() ? Arrays.stream(type.getPermittedSubclasses()) : Stream.<Class<?>>of(type))
                .toList();
        assertThat(Stream.of(EventType.values()).<Class<?>>map(EventType::record))
                .containsExactlyInAnyOrderElementsOf(records);
    }

    @Test
    void theNamesOnTheWireStayWhatSubscribersKnow() {
        assertThat(Stream.of(EventType.values()).map(EventType::wireName))
                .containsExactly(
                        "RestoreRequested",
                        "PlanCreated",
                        "PlanRejected",
                        "ExecutionRequested",
                        "ExecutionRefused",
                        "RestoreStarted",
                        "StepStarted",
                        "StepProgressed",
                        "StepCompleted",
                        "StepFailed",
                        "StepSkipped",
                        "CancellationRequested",
                        "RedriveRequested",
                        "RollbackStarted",
                        "RestoreCompleted",
                        "RestoreFailed",
                        "RestoreCancelled",
                        "RestoreInterrupted",
                        "RestoreDryRun");
    }

    @Test
    void idsAreMadeOfTheSubjectAndTheNameAlone() {
        UUID job = new UUID(0, 1);
        UUID request = new UUID(0, 2);
        assertThat(new RestoreEvent.RestoreStarted(job, "vm", Instant.EPOCH, request).id())
                .isEqualTo(job + "/RestoreStarted");
        assertThat(new RestoreEvent.ExecutionRequested(job, "vm", Instant.EPOCH, request, "alice").id())
                .isEqualTo(job + "/ExecutionRequested/" + request);
        assertThat(new RestoreEvent.ExecutionRefused(job, "vm", Instant.EPOCH, request, "busy").id())
                .isEqualTo(job + "/ExecutionRefused/" + request);
        assertThat(new RestoreEvent.RedriveRequested(job, "vm", Instant.EPOCH, request, "alice").id())
                .isEqualTo(job + "/RedriveRequested/" + request);
        assertThat(new RestoreEvent.StepSkipped(job, "vm", Instant.EPOCH, 7).id())
                .isEqualTo(job + "/7/StepSkipped");
        StepAddress step = new StepAddress(job, "vm", "project", 7, Action.VALIDATE, 2);
        assertThat(new RestoreEvent.StepStarted(step, Instant.EPOCH, "executor").id())
                .isEqualTo(job + "/7/2/StepStarted");
        assertThat(new RestoreEvent.StepProgressed(step, Instant.ofEpochMilli(1234), List.of(), Map.of()).id())
                .isEqualTo(job + "/7/2/StepProgressed/1234");
    }
}
