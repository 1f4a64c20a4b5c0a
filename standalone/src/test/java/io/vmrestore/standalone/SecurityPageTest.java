package io.vmrestore.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.contract.Topics;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds SECURITY.md against the tests and the topics. */
class SecurityPageTest {
    private static final Pattern TOPIC = Pattern.compile("`(restore[^`]*)`");

    @Test
    void everyDoorNamesATestThatExists() throws IOException {
        NamedTests.checkSection("SECURITY.md", "The doors", "Door", 10);
    }

    @Test
    void everyTopicSaysWhoMayReadAndWriteIt() throws IOException {
        List<Pattern> named = NamedTests.section("SECURITY.md", "Who may read and write which topic").stream()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.substring(0, line.indexOf(" | ")))
                .flatMap(cell -> TOPIC.matcher(cell).results())
                .map(topic -> pattern(topic.group(1)))
                .toList();
        assertThat(Topics.all(1))
                .extracting(Topics.Topic::name)
                .allSatisfy(topic -> assertThat(named)
                        .as(topic)
                        .anyMatch(pattern -> pattern.matcher(topic).matches()));
    }

    /** {@code <action>} and {@code *} stand for a part of a name. */
    private static Pattern pattern(String topic) {
        return Pattern.compile(Matcher.quoteReplacement(topic)
                .replace(".", "\\.")
                .replace("<action>", "[a-z_]+")
                .replace("*", "[a-z_.0-9]+"));
    }
}
