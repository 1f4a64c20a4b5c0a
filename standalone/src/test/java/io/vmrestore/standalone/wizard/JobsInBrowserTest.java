package io.vmrestore.standalone.wizard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.RequestOptions;
import io.vmrestore.simulator.sample.SampleCloud.Tenant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Finding jobs: filters and pages, which the URL holds. */
class JobsInBrowserTest {
    @RegisterExtension
    static final Wizard WIZARD = new Wizard();

    private static final int PAGE = 25;
    private static final int MORE = 5;

    @Test
    void jobsAreFilteredAndPagedAndTheLinkCanBeShared() {
        Screens screens = new Screens(WIZARD.page()).open("/ui/jobs").signIn(User.SUPERADMIN);
        Page page = screens.page();
        plan(page, PAGE + MORE, "db-1");
        String vm = Tenant.B.id("server/db-1");

        screens.open("/ui/jobs");
        screens.text("More filters").click();
        page.getByLabel("VM id").fill(vm);
        page.keyboard().press("Tab");
        assertThat(screens.text(PAGE + MORE + " jobs")).isVisible();
        assertThat(page.locator(".jobs .grid-row")).hasCount(PAGE);
        screens.link("Older").click();
        assertThat(page.locator(".jobs .grid-row")).hasCount(MORE);

        Page second = WIZARD.watched(page.context().newPage());
        second.navigate((String) page.evaluate("location.href"));
        assertThat(second.locator(".jobs .grid-row")).hasCount(MORE);

        screens.link("Newest").click();
        assertThat(page.locator(".jobs .grid-row")).hasCount(PAGE);
        page.getByLabel("Status").selectOption("RUNNING");
        assertThat(screens.heading("No job matches")).isVisible();
        page.goBack();
        assertThat(page.locator(".jobs .grid-row")).hasCount(PAGE);
        assertThat(page.getByLabel("VM id")).hasValue(vm);
        page.getByLabel("Mode").selectOption("NEW");
        assertThat(page.locator(".jobs .grid-row")).hasCount(PAGE);

        page.locator(".jobs .grid-row a").first().click();
        screens.awaitStatus("PLANNED");
    }

    @Test
    void momentsAreInTheViewersZoneWithTheExactOneOnHover() {
        Screens screens =
                new Screens(WIZARD.page(Look.LIGHT.options())).open("/ui/jobs").signIn(User.SUPERADMIN);
        plan(screens.page(), 1, "app-1");
        screens.open("/ui/jobs");

        assertThat(screens.page().locator(".jobs time").first()).hasText("just now");
        assertThat(screens.page().locator(".jobs time").first().getAttribute("title"))
                .endsWith("CET");
    }

    /** Asks for plans with the session of the page. */
    private static void plan(Page page, int count, String vm) {
        String token = (String) page.evaluate("JSON.parse(sessionStorage.session).token");
        for (int number = 0; number < count; number++) {
            APIResponse answer = page.request()
                    .post(
                            WizardSystem.url() + "/restore/plan",
                            RequestOptions.create()
                                    .setHeader("Authorization", "Bearer " + token)
                                    .setData(Map.of(
                                            "project_id", Tenant.B.projectId(),
                                            "vm_id", Tenant.B.id("server/" + vm),
                                            "restore_point_id", Tenant.B.id("snapshot/" + vm + "-daily"))));
            assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        }
    }
}
