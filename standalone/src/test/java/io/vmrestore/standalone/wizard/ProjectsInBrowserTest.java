package io.vmrestore.standalone.wizard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import io.vmrestore.simulator.cloud.identity.Role;
import io.vmrestore.simulator.faults.Fault;
import io.vmrestore.simulator.sample.SampleCloud;
import io.vmrestore.simulator.sample.SampleCloud.Tenant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The project that the wizard's token speaks for is changed in the bar on top. */
class ProjectsInBrowserTest extends ProjectsInBrowser {
    @Test
    void anOperatorSeesAllProjectsAndMayChangeToOne() {
        Screens screens = new Screens(WIZARD.page()).open("/ui/").signIn(User.ADMIN);
        Page page = screens.page();
        assertThat(page.locator(".project-button")).hasText("Project: service");
        assertThat(page.locator(".project-field option").filter(new Locator.FilterOptions().setHasText("tenant-")))
                .hasCount(3);

        change(screens, "tenant-b");

        assertThat(page.locator(".project-field option")).hasText(new String[] {"tenant-b"});
    }

    @Test
    void theChangeTakesTheRoleOfTheOtherProjectAndDropsTheVm() {
        Screens screens = chosen(TWO, "tenant-a", "/ui/").chooseVm("web-1");
        Page page = screens.page();
        assertThat(screens.button("Generate plan")).not().hasAttribute("aria-disabled", "true");

        change(screens, "tenant-b");

        assertThat(screens.heading("Which VM do you want back?")).isFocused();
        assertThat(page.locator(".role")).hasText("operator");
        assertThat(page).hasURL(WizardSystem.url() + "/ui/vms");
        screens.chooseVm("web-1");
        assertThat(page).hasURL(Pattern.compile(".*" + Tenant.B.projectId() + ".*"));
        assertThat(screens.button("Generate plan")).hasAttribute("aria-disabled", "true");
        assertThat(screens.text("That needs restore:write").first()).isVisible();
    }

    @Test
    void anOpenJobIsNotFoundInTheOtherProjectItsStreamEndsAndAClickLeadsBack() {
        WIZARD.expectFailedLoads();
        Screens screens = chosen(TWO, "tenant-a", "/ui/")
                .chooseVm("app-1")
                .nameIt("projects-app")
                .generatePlan();
        Page page = screens.page();
        assertThat(page.locator("[data-connection=live]")).isVisible();
        List<String> ended = new CopyOnWriteArrayList<>();
        page.onRequestFailed(request -> ended.add(request.url()));
        List<Request> streams = new CopyOnWriteArrayList<>();
        page.onRequest(request -> {
            if (request.url().endsWith("/events")) {
                streams.add(request);
            }
        });
        String job = page.url();

        change(screens, "tenant-b");

        screens.heading("No such job").waitFor();
        assertThat(page).hasURL(job);
        assertThat(screens.text("You work in project tenant-b.")).isVisible();
        page.waitForCondition(() -> ended.stream().anyMatch(url -> url.endsWith("/events")));
        assertThat(streams).as("streams that the other project asked for").isEmpty();

        screens.button("Back to project tenant-a").click();

        screens.awaitStatus("PLANNED");
        assertThat(page.locator(".project-button")).hasText("Project: tenant-a");
    }

    @Test
    void filtersOfTheOldProjectAreDroppedAndOthersStay() {
        Screens screens = chosen(
                TWO,
                "tenant-a",
                "/ui/jobs?status=PLANNED&project_id=" + Tenant.A.projectId() + "&vm_id=" + Tenant.A.webServerId());

        change(screens, "tenant-b");

        assertThat(screens.page()).hasURL(WizardSystem.url() + "/ui/jobs?status=PLANNED");
    }

    @Test
    void aProjectThatWasTakenAwayMeanwhileIsToldAndTheOldOneStays() {
        WIZARD.expectFailedLoads();
        String user = "revoked@company.com";
        var cloud = WizardSystem.cloud().cloud();
        cloud.run(() -> {
            cloud.identity().addUser(SampleCloud.userId(user), user, PASSWORD);
            for (Tenant tenant : List.of(Tenant.A, Tenant.B)) {
                cloud.identity().grant(tenant.projectId(), SampleCloud.userId(user), SampleCloud.roleId(Role.MEMBER));
            }
        });
        Screens screens = chosen(user, "tenant-a", "/ui/");
        Page page = screens.page();
        page.locator(".project-button").click();
        option(page, "tenant-b").waitFor();
        cloud.run(() -> cloud.identity()
                .revoke(Tenant.B.projectId(), SampleCloud.userId(user), SampleCloud.roleId(Role.MEMBER)));

        option(page, "tenant-b").click();

        assertThat(page.locator("[role=alert]")).containsText("You have no role on a project");
        assertThat(page.locator(".project-button")).hasText("Project: tenant-a");
        page.keyboard().press("Escape");
        assertThat(page.locator("#project-panel")).isHidden();
        assertThat(page.locator(".project-button")).isFocused();
        assertThat(screens.link("Restore web-1")).isVisible();
    }

    @Test
    void keystoneBeingAwayIsToldAndTheListComesByItself() {
        WIZARD.expectFailedLoads();
        Screens screens = chosen(TWO, "tenant-a", "/ui/");
        Page page = screens.page();
        WizardSystem.cloud().faults().always("GET /identity.*/auth/projects", new Fault.ServiceAway(null, null));

        page.locator(".project-button").click();

        assertThat(page.locator("#project-panel")).containsText("Request id");
        WizardSystem.cloud().faults().clear();
        screens.button("Try again").click();
        option(page, "tenant-b").waitFor();
    }

    @Look.Each
    void theScreenAndTheSwitchAreForEverybody(Look look) {
        Page page = WIZARD.page(look.options());
        Screens screens = new Screens(page).open("/ui/").trySignIn(MANY, PASSWORD);
        page.locator(".project-option").first().waitFor();
        Inspection.of(page, "choose-project", look);

        option(page, "team-1").click();
        screens.heading("Which VM do you want back?").waitFor();
        page.locator(".project-button").click();
        page.locator(".project-option").first().waitFor();
        Inspection.of(page, "change-project", look);
    }
}
