package io.vmrestore.standalone.wizard;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Buttons can be read in every state, also busy or denied ones, under the mouse and with the focus. */
class ButtonsTest {
    @RegisterExtension
    static final Wizard WIZARD = new Wizard();

    /** As WCAG 2.2 asks of text, success criterion 1.4.3. */
    private static final double LEAST_CONTRAST = 4.5;

    /** One of each kind, busy or not, in a card. */
    private static final String MAKE_BUTTONS = """
        async () => {
          const base = document.querySelector("script[type=module]").src;
          const load = (file) => import(new URL(file, base));
          const { h, div, render } = await load("dom.js");
          const { Action } = await load("components/basics.js");
          const kinds = ["primary", "secondary", "quiet", "danger", "danger-quiet"];
          const states = [{}, { busy: "Busy" }, { why: "Not now" }];
          const place = document.createElement("div");
          document.querySelector("main").replaceChildren(place);
          render(div({ class: "card stack", id: "buttons" }, kinds.flatMap((kind) => states.map((state) => h(Action, { label: kind, kind, ...state })))), place);
        }\
        """;

    /** Contrast of an element's text with the first opaque ground behind it. */
    private static final String CONTRAST = """
        (element) => {
          const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
          const rgba = (color) => {
            canvas.clearRect(0, 0, 1, 1);
            canvas.fillStyle = color;
            canvas.fillRect(0, 0, 1, 1);
            return [...canvas.getImageData(0, 0, 1, 1).data];
          };
          const luminance = (color) => {
            const [r, g, b] = rgba(color).map((part) => part / 255).map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
            return 0.2126 * r + 0.7152 * g + 0.0722 * b;
          };
          let ground = element;
          while (rgba(getComputedStyle(ground).backgroundColor)[3] < 255) ground = ground.parentElement;
          const [light, dark] = [getComputedStyle(element).color, getComputedStyle(ground).backgroundColor].map(luminance).sort((a, b) => b - a);
          return (light + 0.05) / (dark + 0.05);
        }\
        """;

    @ParameterizedTest
    @EnumSource(
            value = Look.class,
            names = {"LIGHT", "DARK"})
    void everyStateOfEveryButtonIsReadable(Look look) {
        Page page = WIZARD.page(look.options());
        new Screens(page).open("/ui/jobs").signIn(User.VIEWER).heading("Jobs").waitFor();
        page.evaluate(MAKE_BUTTONS);

        for (Locator button : page.locator("#buttons button").all()) {
            String what = button.evaluate("element => element.outerHTML.slice(0, 90)") + ", " + look;
            assertThat(contrast(button)).as(what).isGreaterThanOrEqualTo(LEAST_CONTRAST);
            button.hover(new Locator.HoverOptions().setForce(true));
            assertThat(contrast(button)).as("under the mouse: " + what).isGreaterThanOrEqualTo(LEAST_CONTRAST);
            button.focus();
            assertThat(contrast(button)).as("with the focus: " + what).isGreaterThanOrEqualTo(LEAST_CONTRAST);
        }
    }

    private static double contrast(Locator button) {
        return ((Number) button.evaluate(CONTRAST)).doubleValue();
    }
}
