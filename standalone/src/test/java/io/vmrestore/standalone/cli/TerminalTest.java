package io.vmrestore.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a narrow window shows. */
class TerminalTest {
    private static final JsonNode JOB = JsonMapper.shared().readTree("""
        {"status": "RUNNING", "progress": {"completed_steps": 1, "total_steps": 2}, "steps": [
          {"step_order": 1, "action": "validate", "status": "COMPLETED",
           "started_at": "2026-01-01T00:00:00Z", "completed_at": "2026-01-01T00:00:01.500Z"},
          {"step_order": 2, "action": "create_port", "nic": 0, "status": "PENDING"}]}
        """);

    @Test
    void textsBreakBetweenWordsAndStandUnderTheirBeginning() {
        assertThat(Terminal.wrap("The license of this image is not restored", 2, 24)
                        .lines())
                .containsExactly("The license of this", "  image is not restored");
    }

    @Test
    void aWordThatIsLongerThanTheWindowIsNotLost() {
        assertThat(Terminal.wrap("a " + "b".repeat(50) + " c", 2, 30).lines())
                .containsExactly("a", "  " + "b".repeat(50), "  c");
    }

    @Test
    void theProgressTakesOneRowALineHoweverNarrowTheWindowIs() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ProgressDisplay display = new ProgressDisplay.Redrawn(new PrintStream(out, true, StandardCharsets.UTF_8), true);
        display.show(JOB);
        display.show(JOB);

        String redrawn = out.toString(StandardCharsets.UTF_8);
        assertThat(redrawn)
                .startsWith("\u001b[?7l")
                .endsWith("\u001b[?7h")
                .contains("\u001b[3A", " 1   1.50 s  validate");
    }

    @Test
    void withoutColorsNothingIsColored() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new ProgressDisplay.Redrawn(new PrintStream(out, true, StandardCharsets.UTF_8), false).show(JOB);

        assertThat(out.toString(StandardCharsets.UTF_8))
                .doesNotContain("\u001b[32m")
                .contains("✔");
    }
}
