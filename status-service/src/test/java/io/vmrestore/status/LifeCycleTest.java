package io.vmrestore.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.contract.JobStatus;
import io.vmrestore.common.core.JobState;
import io.vmrestore.status.store.JobStore;
import io.vmrestore.status.store.StoredJob;
import io.vmrestore.status.testing.EventTopic;
import io.vmrestore.status.testing.HttpProbe;
import io.vmrestore.status.testing.RestoreLife;
import io.vmrestore.status.testing.StatusService;
import io.vmrestore.status.testing.Tokens;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class LifeCycleTest {

    @Test
    void aRestoreIsFoldedAndReadBack() {
        RestoreLife life = RestoreLife.smooth(1);
        try (StatusService service = StatusService.start().awaitReady();
                EventTopic topic = new EventTopic()) {
            HttpProbe http = new HttpProbe(service.port(), Tokens.of("viewer"));
            topic.publish(life.events());
            HttpResponse<String> answer =
                    http.get("/internal/jobs/" + life.jobId() + "?until=ended&wait_millis=20000");
            System.out.println(answer.body());
            assertThat(answer.statusCode()).isEqualTo(200);
            JsonNode job = HttpProbe.json(answer);
            assertThat(job.get("status").asString()).isEqualTo("COMPLETED");
            StoredJob stored = service.bean(JobStore.class)
                    .load(List.of(life.jobId()))
                    .block()
                    .get(life.jobId());
            JobState expected = life.lastState();
            assertThat(expected.status()).isEqualTo(JobStatus.COMPLETED);
            assertThat(stored.state()).isEqualTo(expected);
        }
    }
}
