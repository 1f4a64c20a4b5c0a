package io.vmrestore.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.support.problem.ProblemKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProblemsPageTest {
    private static final String PREFIX = "urn:vm-restore:problem:";

    @Test
    void listsEveryKindWithItsStatusAndTitle() throws IOException {
        List<String> rows = Files.readAllLines(Path.of("..", "docs", "problems.md")).stream()
                .filter(line -> line.startsWith("| `"))
                .toList();
        assertThat(rows).allMatch(row -> row.split("\\|").length == 5 && !row.endsWith("|  |"));
        assertThat(rows.stream().map(row -> row.substring(0, row.lastIndexOf('|', row.length() - 2) + 1)))
                .isEqualTo(Arrays.stream(ProblemKind.values())
                        .map(kind -> "| `" + kind.type().toString().substring(PREFIX.length()) + "` | "
                                + kind.status().value() + " | " + kind.title() + " |")
                        .toList());
    }
}
