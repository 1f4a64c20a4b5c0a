package io.vmrestore.standalone.wizard;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** Looks at a screen: what keeps people with a disability out, whether it fits the window; and takes its picture. */
final class Inspection {
    /** Where the pictures are; docs/wizard.md tells how they get into docs/screenshots. */
    private static final Path PICTURES = Path.of("target", "screenshots");

    private static final String AXE = read("/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js");
    private static final String RUN_AXE = """
        async () => {
          const { violations } = await axe.run(document, { resultTypes: ["violations"] });
          return violations
            .filter(({ impact }) => impact === "serious" || impact === "critical")
            .map(({ id, impact, nodes }) => `${id} (${impact}): ${nodes.map(({ html }) => html).join(" ")}`);
        }\
        """;
    private static final String OVERFLOW =
            "document.documentElement.scrollWidth - document.documentElement.clientWidth";

    private Inspection() {}

    /** @param name of the screen, such as {@code configure} */
    static void of(Page page, String name, Look look) {
        page.evaluate(AXE);
        assertThat((List<?>) page.evaluate(RUN_AXE))
                .as("serious findings of axe on %s, %s", name, look)
                .isEmpty();
        assertThat(page.evaluate(OVERFLOW))
                .as("px that %s is wider than the window, %s", name, look)
                .isEqualTo(0);
        page.evaluate("window.scrollTo(0, 0)");
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(PICTURES.resolve(name + "-" + look.suffix() + ".png"))
                .setFullPage(true)
                .setClip(look.clip((Integer) page.evaluate("document.documentElement.scrollHeight"))));
    }

    private static String read(String resource) {
        try (InputStream source =
                Objects.requireNonNull(Inspection.class.getResourceAsStream(resource), "axe-core of another version")) {
            return new String(source.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
