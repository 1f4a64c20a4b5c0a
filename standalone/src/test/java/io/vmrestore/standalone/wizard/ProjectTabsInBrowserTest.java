package io.vmrestore.standalone.wizard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import org.junit.jupiter.api.Test;

/** The project of a tab, of a new one beside it, and of a session that goes on after its end. */
class ProjectTabsInBrowserTest extends ProjectsInBrowser {
    @Test
    void eachTabStaysInItsProject() {
        Screens first = chosen(TWO, "tenant-a", "/ui/");
        Page second = WIZARD.watched(first.page().context().newPage());
        second.navigate(WizardSystem.url() + "/ui/jobs");
        assertThat(second.locator(".project-button")).hasText("Project: tenant-a");

        change(new Screens(second), "tenant-b");

        assertThat(first.page().locator(".project-button")).hasText("Project: tenant-a");
        first.page().reload();
        assertThat(first.link("Restore web-1")).isVisible();
        assertThat(first.page().locator(".project-button")).hasText("Project: tenant-a");
        assertThat(second.locator(".project-button")).hasText("Project: tenant-b");
    }

    @Test
    void aNewTabContinuesTheOneUsedLastAlsoIfThatAnswersLate() {
        Screens first = chosen(TWO, "tenant-b", "/ui/jobs");
        Page beside = first.page().context().newPage();
        beside.navigate(WizardSystem.url() + "/docs");
        beside.evaluate("session => { window.kept = session; }", first.page().evaluate("sessionStorage.session"));
        first.page().close();
        // Stands in for three tabs, whose answers come when the new tab shows the form to sign in already.
        beside.evaluate("""
            () => {
              const channel = new BroadcastChannel("vm-restore-session");
              window.answer = () => {
                for (const [username, usedAt] of [["earlier", 1], ["latest", 3], ["between", 2]]) {
                  channel.postMessage({ to: window.asked, session: { ...JSON.parse(window.kept), username }, usedAt });
                }
              };
              channel.onmessage = ({ data }) => { window.asked = data.ask ?? window.asked; };
            }\
            """);
        Page fresh = newTabBeside(beside);
        fresh.getByLabel("User name").waitFor();

        beside.evaluate("window.answer()");

        assertThat(fresh.locator(".account-name")).hasText("latest");
        assertThat(fresh.locator(".project-button")).hasText("Project: tenant-b");
    }

    @Test
    void whoeverSignsInAgainGoesOnInTheSameProject() {
        WIZARD.expectFailedLoads();
        Screens screens = chosen(TWO, "tenant-b", "/ui/").chooseVm("web-1");
        Page page = screens.page();
        String place = page.url();
        page.route(
                "**/auth/projects",
                route -> route.fulfill(new Route.FulfillOptions()
                        .setStatus(401)
                        .setContentType("application/problem+json")
                        .setBody("{\"type\":\"urn:vm-restore:problem:unauthenticated\",\"title\":\"No\","
                                + "\"status\":401,\"detail\":\"Over\"}")));
        page.locator(".project-button").click();
        screens.text("Your session has ended.").waitFor();
        page.unroute("**/auth/projects");

        screens.trySignIn(TWO, PASSWORD);

        assertThat(page.locator(".project-button")).hasText("Project: tenant-b");
        assertThat(screens.heading("Restore web-1")).isVisible();
        assertThat(page).hasURL(place);
    }

    private static Page newTabBeside(Page page) {
        Page tab = WIZARD.watched(page.context().newPage());
        tab.navigate(WizardSystem.url() + "/ui/jobs");
        return tab;
    }
}
