package io.vmrestore.verification.chaos.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.codec.Json;
import io.vmrestore.common.contract.JobStatus;
import io.vmrestore.common.contract.Resource;
import io.vmrestore.common.contract.ResourceType;
import io.vmrestore.common.contract.RestoreMode;
import io.vmrestore.verification.chaos.load.Restore.Reply;
import io.vmrestore.verification.chaos.verdict.Violation.Kind;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Every kind of broken promise is found, in a world that is right but for this. */
class JudgeTest {
    private final MadeUpWorld made = new MadeUpWorld();

    @Test
    void nothingIsFoundWhereEveryPromiseWasKept() {
        assertThat(Judge.judge(made.world())).isEmpty();
    }

    @Test
    void aJobThatWasAcceptedAndIsNotInTheLogIsLost() {
        made.state = null;
        made.rows.clear();
        made.cloud.removeIf(resource -> resource.mark() != null);

        assertFound(Kind.LOST);
    }

    @Test
    void anExecutionThatWasAcceptedAndIsNotInTheLogIsLost() {
        made.events.clear();

        assertFound(Kind.LOST);
    }

    @Test
    void aCancellationThatWasAcceptedAndIsNotInTheLogIsLost() {
        made.restore.cancelled(Reply.GRANTED);

        assertFound(Kind.LOST);
    }

    @Test
    void aCompletedJobWithoutItsServerIsLost() {
        made.remove("server-new");

        assertFound(Kind.LOST);
    }

    @Test
    void aCompletedJobWhoseServerDoesNotRunIsLost() {
        made.remove("server-new");
        made.cloud.add(new CloudResource(
                ResourceType.SERVER, "server-new", "web-2", "ERROR", MadeUpWorld.JOB + "/5", List.of()));

        assertFound(Kind.LOST);
    }

    @Test
    void aCompletedJobWhoseVolumeIsNotAttachedIsLost() {
        made.remove("volume-new");
        made.cloud.add(new CloudResource(
                ResourceType.VOLUME, "volume-new", "restored", "in-use", MadeUpWorld.JOB + "/3", List.of()));

        assertFound(Kind.LOST);
    }

    @Test
    void aStepThatMadeTwoIsFoundEvenWhereTheJobNamesBoth() {
        Resource twin = new Resource(ResourceType.VOLUME, "volume-twin", "restored");
        made.state = MadeUpWorld.state(JobStatus.COMPLETED, List.of(twin));
        made.cloud.add(new CloudResource(
                ResourceType.VOLUME, "volume-twin", "restored", "available", MadeUpWorld.JOB + "/3", List.of()));

        assertFound(Kind.DOUBLED);
    }

    @Test
    void aReplacedOriginalThatIsStillThereIsDoubled() {
        made.state = MadeUpWorld.state(
                RestoreMode.REPLACE, JobStatus.COMPLETED, List.of(), List.of(MadeUpWorld.deletion(1)));

        assertFound(Kind.DOUBLED);
    }

    @Test
    void whatAFailedJobLeftAndDoesNotNameIsUnnamed() {
        made.state = MadeUpWorld.state(JobStatus.FAILED, List.of());
        made.statuses.put(MadeUpWorld.VERSION, JobStatus.FAILED);
        made.remove("server-new");
        made.remove("port-new");

        assertFound(Kind.UNNAMED);
    }

    @Test
    void whatAFailedJobLeftAndNamesIsInOrder() {
        made.state = MadeUpWorld.state(
                JobStatus.FAILED, List.of(new Resource(ResourceType.VOLUME, "volume-new", "restored")));
        made.remove("server-new");
        made.remove("port-new");

        assertThat(Judge.judge(made.world())).isEmpty();
    }

    @Test
    void whatNoKnownJobMadeIsUnnamed() {
        made.cloud.add(new CloudResource(
                ResourceType.PORT, "port-x", "restore-x", "DOWN", UUID.randomUUID() + "/4", List.of()));

        assertFound(Kind.UNNAMED);
    }

    @Test
    void aKeyPairThatStayedIsUnnamed() {
        String name = "restore-" + MadeUpWorld.JOB + "-abc";
        made.cloud.add(
                new CloudResource(ResourceType.KEY_PAIR, name, name, "", CloudResource.markOfKeyPair(name), List.of()));

        assertFound(Kind.UNNAMED);
    }

    @Test
    void aJobAtWorkIsUnfinished() {
        made.state = MadeUpWorld.state(JobStatus.RUNNING, List.of());
        made.cloud.removeIf(resource -> resource.mark() != null);

        assertFound(Kind.UNFINISHED);
    }

    @Test
    void aJobThatWasGivenUpIsUnfinished() {
        made.state = MadeUpWorld.state(JobStatus.INTERRUPTED, List.of());
        made.cloud.removeIf(resource -> resource.mark() != null);

        assertFound(Kind.UNFINISHED);
    }

    @Test
    void aPlanThatSomebodyExecutedAndThatStillWaitsIsUnfinished() {
        made.state = MadeUpWorld.state(JobStatus.PLANNED, List.of());
        made.cloud.removeIf(resource -> resource.mark() != null);

        assertFound(Kind.UNFINISHED);
    }

    @Test
    void aPlanThatNobodyExecutedMayWait() {
        made.state = MadeUpWorld.state(JobStatus.PLANNED, List.of());
        made.restore.executed(Reply.NONE);
        made.events.clear();
        made.cloud.removeIf(resource -> resource.mark() != null);

        assertThat(Judge.judge(made.world())).isEmpty();
    }

    @Test
    void anOriginalThatIsGoneWithoutCommandIsHarmed() {
        made.remove(MadeUpWorld.VM);

        assertFound(Kind.HARMED);
    }

    @Test
    void anOriginalThatIsGoneBeforeItsDeletionWasCommandedIsHarmed() {
        made.state =
                MadeUpWorld.state(RestoreMode.REPLACE, JobStatus.FAILED, List.of(), List.of(MadeUpWorld.deletion(0)));
        made.cloud.clear();

        assertFound(Kind.HARMED);
    }

    @Test
    void anOriginalWhoseDeletionWasCommandedMayBeGone() {
        made.state =
                MadeUpWorld.state(RestoreMode.REPLACE, JobStatus.FAILED, List.of(), List.of(MadeUpWorld.deletion(1)));
        made.cloud.clear();

        assertThat(Judge.judge(made.world())).isEmpty();
    }

    @Test
    void aStatusThatTheLogNeverHadIsAWrongAnswer() {
        assertThat(made.restore.read(MadeUpWorld.VERSION, JobStatus.FAILED)).isEmpty();

        assertFound(Kind.WRONG_ANSWER);
    }

    @Test
    void aStreamThatEndsBeforeTheJobIsAWrongAnswer() {
        made.restore.followedTo(MadeUpWorld.VERSION - 1);
        assertFound(Kind.WRONG_ANSWER);

        made.restore.followedTo(MadeUpWorld.VERSION);
        assertThat(Judge.judge(made.world())).isEmpty();
    }

    @Test
    void aRefusalOfWhatTheLogFollowsIsAWrongAnswer() {
        made.restore.executed(Reply.REFUSED);

        assertFound(Kind.WRONG_ANSWER);
    }

    @Test
    void whatClientsFoundWrongIsTold() {
        made.wrongAnswers.add("500");

        assertFound(Kind.WRONG_ANSWER);
    }

    @Test
    void aJobThatHasNoRowIsFound() {
        made.rows.clear();

        assertFound(Kind.TABLES);
    }

    @Test
    void aRowWithoutAJobIsFound() {
        made.rows.add(UUID.randomUUID());

        assertFound(Kind.TABLES);
    }

    @Test
    void aFieldThatIsShownOtherwiseIsFoundAndNamed() {
        ObjectNode shown = Json.MAPPER.valueToTree(ShownJob.of(Objects.requireNonNull(made.state)));
        shown.put("version", 3);
        made.shown = shown;

        assertFound(Kind.TABLES);
        assertThat(Judge.judge(made.world()).getFirst().what()).isEqualTo("/version is 3 and should be 9");
    }

    @Test
    void aJobThatAGatewayDoesNotShowIsFound() {
        made.shown = Json.MAPPER.createObjectNode();

        assertFound(Kind.TABLES);
    }

    @Test
    void timesAreComparedAsPreciselyAsTheTablesKeepThem() {
        ObjectNode shown = Json.MAPPER.valueToTree(ShownJob.of(Objects.requireNonNull(made.state)));
        made.shown = shown.put("created_at", "2026-11-25T12:00:00.123457Z");
        assertThat(Judge.judge(made.world())).isEmpty();

        made.shown = shown.put("created_at", "2026-11-25T12:00:00.125Z");
        assertFound(Kind.TABLES);
    }

    @Test
    void aDeadLetterIsFound() {
        made.deadLetters.add("topic@0");

        assertFound(Kind.DEAD_LETTER);
    }

    private void assertFound(Kind kind) {
        assertThat(Judge.judge(made.world()))
                .isNotEmpty()
                .allMatch(violation -> violation.kind() == kind, "is " + kind);
    }
}
