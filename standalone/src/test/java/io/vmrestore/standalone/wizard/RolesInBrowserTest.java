package io.vmrestore.standalone.wizard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a role may not do is there, does nothing, and says why. */
class RolesInBrowserTest {
    @RegisterExtension
    static final Wizard WIZARD = new Wizard();

    @ParameterizedTest
    @EnumSource(
            value = User.class,
            names = {"VIEWER", "OPERATOR"})
    void readersSeeEverythingAndMayDoNothing(User user) {
        String plan = plannedBy(User.ADMIN);
        Screens screens = new Screens(WIZARD.page()).open("/ui/").signIn(user).chooseProject("tenant-a");
        Page page = screens.page();
        assertThat(page.locator(".role")).hasText(user == User.VIEWER ? "viewer" : "operator");
        screens.chooseVm("web-1");

        assertThat(page.locator("input[value=REPLACE]")).isDisabled();
        assertRefused(screens.button("Generate plan"), "restore:write");
        clickAllTheSame(screens.button("Generate plan"));
        assertThat(screens.heading("Restore web-1")).isVisible();

        screens.open("/ui/jobs/" + plan).awaitStatus("PLANNED");
        assertRefused(screens.button("Execute"), "restore:write");
        assertRefused(screens.button("Discard plan"), "restore:write");
        clickAllTheSame(screens.button("Execute"));
        clickAllTheSame(screens.button("Discard plan"));
        assertThat(page.locator("dialog")).isHidden();
        screens.awaitStatus("PLANNED");

        page.locator(".account-button").click();
        assertThat(page.locator("#account-panel")).containsText("not with your role (restore:write)");
    }

    @Test
    void anAdminMayRestoreBesideButNotReplace() {
        Screens screens = new Screens(WIZARD.page())
                .open("/ui/")
                .signIn(User.ADMIN)
                .chooseProject("tenant-a")
                .chooseVm("web-1");
        Page page = screens.page();

        assertThat(page.locator(".role")).hasText("admin");
        assertThat(page.locator("input[value=REPLACE]")).isDisabled();
        assertThat(page.locator(".choice-option.danger")).containsText("ask for the role superadmin");
        assertThat(screens.button("Generate plan")).not().hasAttribute("aria-disabled", "true");
    }

    @Test
    void aPlanThatReplacesIsNotForAnAdminToExecute() {
        Screens superadmin = new Screens(WIZARD.page())
                .open("/ui/")
                .signIn(User.SUPERADMIN)
                .chooseProject("tenant-a")
                .chooseVm("web-1")
                .choose("REPLACE: in place of the original")
                .generatePlan();

        Screens admin = new Screens(WIZARD.page())
                .open("/ui/jobs/" + superadmin.jobId())
                .signIn(User.ADMIN)
                .awaitStatus("PLANNED");

        assertRefused(admin.button("Delete and restore"), "restore:admin");
        assertThat(superadmin.button("Delete and restore")).not().hasAttribute("aria-disabled", "true");
    }

    @Test
    void aWrongPasswordIsToldInTheApisWords() {
        WIZARD.expectFailedLoads();
        Screens screens = new Screens(WIZARD.page()).open("/ui/").trySignIn("nobody@company.com", "wrong");

        assertThat(screens.page().locator("[role=alert]")).containsText("User name or password is wrong");
        assertThat(screens.page().locator("input[name=password]")).isFocused();
        assertThat(screens.page().locator("input[name=password]")).hasValue("");
    }

    @Test
    void signingOutEndsTheSessionInEveryTab() {
        Screens first = new Screens(WIZARD.page()).open("/ui/jobs").signIn(User.VIEWER);
        Page second = WIZARD.watched(first.page().context().newPage());
        second.navigate(WizardSystem.url() + "/ui/jobs");
        assertThat(second.locator(".account-button")).isVisible();

        first.page().locator(".account-button").click();
        first.button("Sign out").click();

        assertThat(second.getByLabel("User name")).isVisible();
        assertThat(second.evaluate("sessionStorage.length + localStorage.length"))
                .isEqualTo(0);
    }

    private static void assertRefused(Locator button, String permission) {
        assertThat(button).hasAttribute("aria-disabled", "true");
        String reason = "#" + button.getAttribute("aria-describedby");
        assertThat(button.page().locator(reason)).containsText(permission);
    }

    /** Playwright does not click by itself on what says to be disabled. */
    private static void clickAllTheSame(Locator button) {
        button.click(new Locator.ClickOptions().setForce(true));
    }

    private static String plannedBy(User user) {
        return new Screens(WIZARD.page())
                .open("/ui/")
                .signIn(user)
                .chooseProject("tenant-a")
                .chooseVm("app-1")
                .generatePlan()
                .jobId();
    }
}
