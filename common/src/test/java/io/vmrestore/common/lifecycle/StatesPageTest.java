package io.vmrestore.common.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Keeps {@code docs/states.md} what the table says, and writes it anew with {@code -Dstates.write=true}. */
class StatesPageTest {
    private static final Path PAGE = Path.of("..", "docs", "states.md");

    @Test
    void thePageIsWhatTheTableSays() throws IOException {
        if (Boolean.getBoolean("states.write")) {
            Files.writeString(PAGE, StatesPage.text());
        }
        assertThat(Files.exists(PAGE) ? Files.readString(PAGE) : "")
                .as("docs/states.md is not what Transitions.java says. Write it anew with: ./mvnw -pl common test"
                        + " -Dtest=StatesPageTest -Dstates.write=true")
                .isEqualTo(StatesPage.text());
    }
}
