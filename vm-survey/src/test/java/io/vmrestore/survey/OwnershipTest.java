package io.vmrestore.survey;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.survey.Ownership.Maker;
import io.vmrestore.survey.Ownership.Marked;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A mark alone proves nothing: metadata, tags and names travel with copies. */
class OwnershipTest {
    private static final Instant END = Instant.parse("2026-11-30T12:00:00Z");

    @Test
    void what_the_service_user_made_in_time_is_ours() {
        Maker ended = new Maker("svc", END, List.of("our-server"));

        assertThat(Ownership.objection(new Marked("svc", END, List.of()), ended))
                .isNull();
        assertThat(Ownership.objection(new Marked("svc", END.minusSeconds(60), List.of("our-server")), ended))
                .isNull();
    }

    @Test
    void where_the_cloud_does_not_tell_the_maker_the_time_decides() {
        Maker ended = new Maker("svc", END, List.of());

        assertThat(Ownership.objection(new Marked(null, END, List.of()), ended)).isNull();
        assertThat(Ownership.objection(new Marked(null, null, List.of()), ended))
                .isEqualTo("the cloud does not tell when it was made");
        assertThat(Ownership.objection(new Marked(null, END.plusSeconds(1), List.of()), ended))
                .isEqualTo("made at 2026-11-30T12:00:01Z, after 2026-11-30T12:00:00Z");
    }

    @Test
    void what_somebody_else_made_is_a_copy() {
        assertThat(Ownership.objection(new Marked("olga", END, List.of()), Maker.atWork("svc")))
                .isEqualTo("made by user olga, not by svc that restores work as");
    }

    @Test
    void what_a_foreign_server_holds_is_claimed_by_it() {
        Marked held = new Marked("svc", END, List.of("foreign"));

        assertThat(Ownership.objection(held, new Maker("svc", END, List.of("our-server"))))
                .isEqualTo("held by server foreign, which is not the restore's");
        assertThat(Ownership.objection(held, Maker.atWork("svc")))
                .as("a restore at work may have made that server")
                .isNull();
    }
}
