package io.vmrestore.common.lifecycle;

import io.vmrestore.common.Generated;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Keeps {@code docs/states.md} what the table says. */
@Tag(Generated.TAG)
class StatesPageTest {
    @Test
    void thePageIsWhatTheTableSays() throws IOException {
        Generated.hold(Generated.ROOT.resolve("docs").resolve("states.md"), StatesPage.text());
    }
}
