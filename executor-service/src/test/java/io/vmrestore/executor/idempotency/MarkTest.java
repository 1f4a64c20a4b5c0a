package io.vmrestore.executor.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.StepAddress;
import io.vmrestore.survey.Origin;
import io.vmrestore.survey.OwnMetadata;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class MarkTest {
    private static final UUID JOB = UUID.fromString("6f1de2a4-7b61-4a1e-9d3c-0a1b2c3d4e5f");
    private final Mark mark = Mark.of(new StepAddress(JOB, "vm", "project", 1234, Action.CREATE_SERVER, 3));

    @Test
    void tags_are_legal_in_nova() {
        assertThat(mark.tag())
                .isEqualTo("restore:6f1de2a4-7b61-4a1e-9d3c-0a1b2c3d4e5f:1234")
                .doesNotContain("/", ",")
                .hasSizeLessThanOrEqualTo(60);
    }

    @Test
    void rollback_derives_the_same_names_from_the_mark_alone() {
        Mark again = new Mark(mark.text());

        assertThat(again.portName()).isEqualTo(mark.portName());
        assertThat(again.keyPairName("4f:e0:9b"))
                .isEqualTo("restore-6f1de2a4-7b61-4a1e-9d3c-0a1b2c3d4e5f-4fe09b")
                .isEqualTo(mark.keyPairName("4f:e0:9b"));
    }

    @Test
    void attempts_share_their_mark() {
        assertThat(Mark.of(new StepAddress(JOB, "vm", "project", 1234, Action.CREATE_SERVER, 4)))
                .isEqualTo(mark);
    }

    @Test
    void what_an_earlier_restore_added_is_not_passed_on() {
        assertThat(OwnMetadata.strip(Map.of("app", "web", Mark.KEY, "old", Origin.SERVER, "older")))
                .containsExactly(Map.entry("app", "web"));
        assertThat(OwnMetadata.strip(List.of("prod", "restore:other:4"))).containsExactly("prod");
    }
}
