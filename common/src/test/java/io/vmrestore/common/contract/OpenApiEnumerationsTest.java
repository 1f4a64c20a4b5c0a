package io.vmrestore.common.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.Generated;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Writes the actions and the IP strategies into the description of the REST interface. */
@Tag(Generated.TAG)
class OpenApiEnumerationsTest {
    private static final Path DOCUMENT =
            Generated.ROOT.resolve("api-gateway/src/main/resources/api-gateway-openapi.yml");

    @Test
    void theDocumentNamesEveryActionAndEveryIpStrategy() throws IOException {
        List<String> actions =
                Arrays.stream(Action.values()).map(Action::wireName).toList();
        List<String> strategies =
                Arrays.stream(IpStrategy.values()).map(IpStrategy::name).toList();
        String text = Files.readString(DOCUMENT);
        text = with(text, "\n    Action:\n      type: string\n      enum: ", actions);
        text = with(text, "\n    IpStrategy:\n      type: string\n      enum: ", strategies);
        text = with(
                text,
                "\n        ip_strategy: { type: [string, \"null\"], enum: ",
                Stream.concat(strategies.stream(), Stream.of("null")).toList());
        Generated.hold(DOCUMENT, text);
    }

    private static String with(String document, String before, List<String> values) {
        Matcher place = Pattern.compile(Pattern.quote(before) + "\\[[^]]*]").matcher(document);
        assertThat(place.results()).as(before).hasSize(1);
        return place.reset().replaceFirst((MatchResult _) -> Matcher.quoteReplacement(before + values));
    }
}
