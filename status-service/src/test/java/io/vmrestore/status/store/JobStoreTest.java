package io.vmrestore.status.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.codec.Json;
import io.vmrestore.common.contract.JobStatus;
import io.vmrestore.common.lifecycle.JobState;
import io.vmrestore.status.testing.RestoreLife;
import io.vmrestore.status.testing.TestDatabase;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JobStoreTest {
    private static final LogPosition SOMEWHERE = new LogPosition(3, 17);

    private final TestDatabase database = TestDatabase.create();
    private final JobStore store = new JobStore(database.client());

    @Test
    void aStateIsReadBackAsItWasWritten() {
        for (long seed = 0; seed < 60; seed++) {
            RestoreLife life = RestoreLife.troubled(seed);
            int events = life.events().size();
            int first = 1 + new Random(seed).nextInt(events);
            JobState half = life.stateAfter(first);
            write(null, half);
            assertThat(load(life.jobId())).as("seed %d, %d events", seed, first).isEqualTo(storable(half));
            JobState last = life.lastState();
            write(load(life.jobId()), last);
            assertThat(load(life.jobId())).as("seed %d, all events", seed).isEqualTo(storable(last));
        }
    }

    @Test
    void anOlderStateDoesNotOverwriteANewerOne() {
        RestoreLife life = RestoreLife.smooth(4);
        JobState older = life.stateAfter(5);
        write(null, life.lastState());
        List<String> rows = database.rows();
        write(null, older);
        assertThat(database.rows()).isEqualTo(rows);
    }

    @Test
    void theResultOfARestoreThatEndedWithoutSuccessTellsWhatItCreatedAndWhyItEnded() {
        Set<JobStatus> seen = EnumSet.noneOf(JobStatus.class);
        for (long seed = 1; seed <= 40; seed++) {
            RestoreLife life = RestoreLife.troubled(seed);
            JobState end = life.lastState();
            if (end.status() == JobStatus.FAILED || end.status() == JobStatus.CANCELLED) {
                seen.add(end.status());
                write(null, end);
                String result = "result_json -> '%s') FROM restore_jobs WHERE id = '" + life.jobId() + "'";
                assertThat(database.number("SELECT jsonb_array_length(" + result.formatted("leftovers")))
                        .isEqualTo(end.leftovers().size());
                assertThat(database.number("SELECT jsonb_array_length(" + result.formatted("created")))
                        .isEqualTo(end.forwardSteps()
                                .flatMap(step -> step.resources().stream())
                                .distinct()
                                .count());
                assertThat(database.number("SELECT count(*) FROM restore_jobs WHERE id = '" + life.jobId()
                                + "' AND result_json -> 'failure' = coalesce(failure, 'null'::jsonb)"))
                        .isEqualTo(1);
            }
        }
        assertThat(seen).containsExactlyInAnyOrder(JobStatus.FAILED, JobStatus.CANCELLED);
    }

    @Test
    void updatesOfStepsUseUpNoSerialNumbers() {
        RestoreLife life = RestoreLife.smooth(5);
        JobState before = null;
        for (int count = 1; count <= life.events().size(); count++) {
            JobState after = life.stateAfter(count);
            write(before, after);
            before = after;
        }
        int steps = life.lastState().steps().size();
        assertThat(database.number("SELECT last_value FROM restore_job_steps_id_seq"))
                .isEqualTo(steps);
        assertThat(database.number("SELECT count(*) FROM restore_job_steps")).isEqualTo(steps);
    }

    @Test
    void loadAnswersOnlyForJobsThatExist() {
        RestoreLife life = RestoreLife.smooth(6);
        write(null, life.stateAfter(1));
        Map<UUID, StoredJob> loaded = Objects.requireNonNull(
                store.load(List.of(life.jobId(), UUID.randomUUID())).block());
        assertThat(loaded).containsOnlyKeys(life.jobId());
        assertThat(Objects.requireNonNull(loaded.get(life.jobId())).folded()).isEqualTo(SOMEWHERE);
    }

    private void write(@Nullable JobState before, JobState after) {
        new BatchWriter(database.client())
                .write(List.of(JobChange.first(before, new StoredJob(after, SOMEWHERE))), List.of(), List.of())
                .block();
    }

    private JobState load(UUID jobId) {
        Map<UUID, StoredJob> loaded =
                Objects.requireNonNull(store.load(List.of(jobId)).block());
        return Objects.requireNonNull(loaded.get(jobId)).state();
    }

    /** PostgreSQL stores no NUL; the lives put some into texts. */
    private static JobState storable(JobState state) {
        String json = Json.MAPPER.writeValueAsString(state);
        return Json.MAPPER.readValue(json.replace("\\u0000", "\\\\u0000"), JobState.class);
    }
}
