package io.vmrestore.common.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.Generated;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keeps the handbook pages on new steps and new IP strategies true. */
@Tag(Generated.TAG)
class AddingAStepTest {
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)(#[^)]*)?\\)");

    @ParameterizedTest
    @ValueSource(strings = {"adding-a-step.md", "adding-an-ip-strategy.md"})
    void everyFileThatThePageNamesIsThere(String page) throws IOException {
        Path docs = Generated.ROOT.resolve("docs");
        List<Path> named = LINK.matcher(Files.readString(docs.resolve(page)))
                .results()
                .map((MatchResult link) -> docs.resolve(link.group(1)).normalize())
                .toList();
        assertThat(named)
                .hasSizeGreaterThan(2)
                .allSatisfy(file -> assertThat(file).exists());
    }

    @Test
    void theTableOfStepsIsWhatTheirDefinitionsSay() throws IOException {
        String rows = Arrays.stream(Action.values()).map(AddingAStepTest::row).collect(Collectors.joining());
        Generated.holdPart(Generated.ROOT.resolve("docs").resolve("adding-a-step.md"), "steps", """
            | Step | Attempts of at most | Needs | Makes | Undone by |
            |---|---|---|---|---|
            """ + rows);
    }

    private static String row(Action action) {
        ResourceType made = action.makes();
        String undo = Arrays.stream(UndoRule.values())
                .flatMap(rule -> action.undoneBy(rule).stream().map(by -> name(by) + " " + rule.words()))
                .collect(Collectors.joining());
        String needed = Arrays.stream(Action.values())
                .filter(action.needs()::contains)
                .map(AddingAStepTest::name)
                .collect(Collectors.joining(", "));
        return "| " + name(action) + " | " + action.maxAttempts() + " of "
                + action.timeout().toMinutes() + " min | " + needed + " | " + (made == null ? "" : made) + " | " + undo
                + " |\n";
    }

    private static String name(Action action) {
        return "`" + action.wireName() + "`";
    }
}
