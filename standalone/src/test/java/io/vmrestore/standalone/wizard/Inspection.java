package io.vmrestore.standalone.wizard;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Clip;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;

/** Looks at a screen: what keeps people with a disability out, whether it fits the window; and takes its picture. */
final class Inspection {
    /** Where the pictures are; docs/wizard.md tells how they get into docs/screenshots. */
    private static final Path PICTURES = Path.of("target", "screenshots");

    private static final String AXE = read("/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js");
    private static final String RUN_AXE = """
        async () => {
          const { violations } = await axe.run(document, { resultTypes: ["violations"] });
          return violations
            .map(({ id, impact, nodes }) => `${id} (${impact}): ${nodes.map(({ html }) => html).join(" ")}`);
        }\
        """;
    private static final String OVERFLOW =
            "document.documentElement.scrollWidth - document.documentElement.clientWidth";

    private Inspection() {}

    /**
     * Pictures the beginning of the page, or what the window shows while a dialog is open.
     *
     * @param name of the screen, such as {@code configure}
     */
    static void of(Page page, String name, Look look) {
        of(page, name, look, look::beginning);
    }

    /** Pictures all of the page. */
    static void whole(Page page, String name, Look look) {
        of(page, name, look, look::whole);
    }

    private static void of(Page page, String name, Look look, IntFunction<Clip> clip) {
        page.evaluate(AXE);
        assertThat((List<?>) page.evaluate(RUN_AXE))
                .as("findings of axe on %s, %s", name, look)
                .isEmpty();
        assertThat(page.evaluate(OVERFLOW))
                .as("px that %s is wider than the window, %s", name, look)
                .isEqualTo(0);
        page.evaluate("window.scrollTo(0, 0)");
        Page.ScreenshotOptions picture =
                new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + "-" + look.suffix() + ".png"));
        if (page.locator("dialog[open]").count() == 0) {
            int height = (Integer) page.evaluate("document.documentElement.scrollHeight");
            picture.setFullPage(true).setClip(clip.apply(height));
        }
        page.screenshot(picture);
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
