package io.vmrestore.common.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.Generated;
import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.RestoreCommand.RunStep;
import io.vmrestore.common.contract.StepAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Freezes the command of a step that is new, as this build writes it. A sample that is there is never written again:
 * {@link OlderBuildTest} reads it in every later build.
 */
@Tag(Generated.TAG)
class CommandSamplesTest {
    private static final Path SAMPLES = Path.of("src/test/resources/samples/older");

    @ParameterizedTest
    @EnumSource
    void everyStepHasAFrozenCommand(Action action) throws IOException {
        Path sample = SAMPLES.resolve("RunStep." + action.wireName() + ".v1.json");
        if (Files.notExists(sample)) {
            Generated.hold(
                    sample, new String(CommandCodec.encode(command(action)).value(), UTF_8));
        }
        assertThat(sample).isNotEmptyFile();
    }

    private static RunStep command(Action action) {
        RandomRecords random = new RandomRecords(new Random(action.ordinal()));
        StepAddress step = random.next(StepAddress.class);
        return new RunStep(
                new StepAddress(step.jobId(), "vm-1", "project-1", 1, action, 1),
                Instant.parse("2026-11-22T12:00:00Z"),
                Instant.parse("2026-11-22T12:02:00Z"),
                random.next(action.taskType()));
    }
}
