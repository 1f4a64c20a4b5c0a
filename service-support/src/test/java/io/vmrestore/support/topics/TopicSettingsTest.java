package io.vmrestore.support.topics;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class TopicSettingsTest {

    @Test
    void whatIsOutOfRangeIsNamedWithItsRemedy() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TopicSettings(0, (short) -1))
                .withMessage("RESTORE_TOPIC_PARTITIONS must be 1 or more, not 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TopicSettings(1, (short) 0))
                .withMessage("RESTORE_TOPIC_REPLICATION must be 1 or more, or -1 for the broker's default, not 0");
    }
}
