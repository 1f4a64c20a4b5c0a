package io.vmrestore.standalone.wizard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ReducedMotion;
import io.vmrestore.simulator.faults.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Where the focus is and how it shows, what is announced, and that nothing moves for those who asked for that. */
class KeyboardTest {
    @RegisterExtension
    static final Wizard WIZARD = new Wizard();

    private static final int TABS = 60;

    /** What has the focus and does not show it: by an outline of its own, or by its whole row. */
    private static final String UNSEEN_FOCUS = """
        () => {
          const focused = document.activeElement;
          const shows = (element) => {
            const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
            return (outlineStyle !== "none" && parseFloat(outlineWidth) > 0) || boxShadow !== "none";
          };
          const row = focused.closest("[role=row]");
          return focused === document.body || shows(focused) || (row && shows(row)) ? "" : focused.outerHTML;
        }\
        """;

    @AfterEach
    void healTheCloud() {
        WizardSystem.cloud().faults().clear();
    }

    @Test
    void theHeadingOfTheNextPageHasTheFocus() {
        Screens screens =
                new Screens(WIZARD.page()).open("/ui/").signIn(User.ADMIN).chooseProject("tenant-a");

        screens.chooseVm("web-1");
        assertThat(screens.heading("Restore web-1")).isFocused();
        screens.button("Generate plan").click();
        assertThat(screens.heading("Restore of web-1")).isFocused();
        screens.execute().awaitStatus("COMPLETED");
        assertThat(screens.heading("Restore of web-1")).isFocused();
        screens.link("Jobs").first().click();
        assertThat(screens.heading("Jobs")).isFocused();
        screens.page().goBack();
        assertThat(screens.heading("Restore of web-1")).isFocused();
    }

    @Test
    void theListOfVmsIsWalkedWithTheKeyboard() {
        Screens screens =
                new Screens(WIZARD.page()).open("/ui/").signIn(User.ADMIN).chooseProject("tenant-a");
        Page page = screens.page();
        Locator search = page.getByLabel("Search");
        Locator links = page.locator("a.vm-link");
        links.first().waitFor();

        screens.page().locator("h1").focus();
        page.keyboard().press("/");
        assertThat(search).isFocused();
        assertThat(search).hasValue("");
        page.keyboard().press("ArrowDown");
        assertThat(links.first()).isFocused();
        page.keyboard().press("ArrowDown");
        assertThat(links.nth(1)).isFocused();
        page.keyboard().press("Home");
        assertThat(links.first()).isFocused();
        page.keyboard().press("ArrowUp");
        assertThat(search).isFocused();

        page.reload();
        assertThat(search).isFocused();
        page.keyboard().type("web");
        page.keyboard().press("Enter");
        assertThat(screens.heading("Restore web-1")).isVisible();
    }

    @Test
    void theFocusIsSeenWhereverItGoes() {
        Page page = WIZARD.page();
        Screens screens = new Screens(page).open("/ui/");
        page.getByLabel("User name").waitFor();
        tabThrough(page);
        screens.signIn(User.SUPERADMIN).chooseProject("tenant-c");
        screens.link("Restore web-1").waitFor();
        tabThrough(page);
        screens.chooseVm("web-1").choose("REPLACE: in place of the original");
        tabThrough(page);
        screens.generatePlan();
        tabThrough(page);
        screens.open("/ui/jobs").button("More filters").click();
        tabThrough(page);
    }

    @Test
    void aDialogKeepsTheFocusAndGivesItBack() {
        WizardSystem.cloud().faults().once("^kept-in-dialog$", new Fault.ServerStuck());
        Screens screens = new Screens(WIZARD.page())
                .open("/ui/")
                .signIn(User.ADMIN)
                .chooseProject("tenant-a")
                .chooseVm("app-1")
                .nameIt("kept-in-dialog")
                .generatePlan()
                .execute()
                .awaitStep("wait_active", "RUNNING");
        Page page = screens.page();
        Locator button = screens.button("Cancel restore").first();

        button.focus();
        page.keyboard().press("Enter");
        assertThat(page.getByLabel("Reason (optional)")).isFocused();
        for (int tab = 0; tab < 8; tab++) {
            page.keyboard().press("Tab");
            // The body stands for the browser's own bar, which comes between the last and the first.
            assertThat(page.evaluate("document.activeElement === document.body"
                            + " || document.querySelector('dialog').contains(document.activeElement)"))
                    .isEqualTo(true);
        }
        page.keyboard().press("Escape");
        assertThat(button).isFocused();

        page.keyboard().press("Enter");
        page.locator("dialog").getByText("Cancel restore").click();
        screens.awaitStatus("CANCELLED");
        assertThat(screens.heading("Restore of app-1")).isFocused();
    }

    @Test
    void progressIsAnnouncedAndNothingMovesForThoseWhoAskedForThat() {
        WizardSystem.cloud().faults().once("^announced$", new Fault.ServerStuck());
        Page page = WIZARD.page(Look.LIGHT.options().setReducedMotion(ReducedMotion.REDUCE));
        Screens screens = new Screens(page)
                .open("/ui/")
                .signIn(User.ADMIN)
                .chooseProject("tenant-a")
                .chooseVm("app-1")
                .nameIt("announced")
                .generatePlan();
        assertThat(announced(page, "Status: Planned")).hasCount(1);

        screens.execute().awaitStep("wait_active", "RUNNING");
        assertThat(announced(page, "Status: Running")).hasCount(1);
        assertThat(announced(page, "Wait until ACTIVE: Running")).hasCount(1);
        assertThat(page.evaluate("document.getAnimations().length")).isEqualTo(0);
        assertThat(page.evaluate("getComputedStyle(document.querySelector('.progress span')).transitionDuration"))
                .isEqualTo("0s");

        screens.button("Cancel restore").click();
        page.locator("dialog").getByText("Cancel restore").click();
        screens.awaitStatus("CANCELLED");
        assertThat(announced(page, "Status: Cancelled")).hasCount(1);
    }

    private static Locator announced(Page page, String words) {
        return page.locator("[role=status]").filter(new Locator.FilterOptions().setHasText(words));
    }

    private static void tabThrough(Page page) {
        for (int tab = 0; tab < TABS; tab++) {
            page.keyboard().press("Tab");
            assertThat(page.evaluate(UNSEEN_FOCUS)).as("has the focus unseen").isEqualTo("");
        }
    }
}
