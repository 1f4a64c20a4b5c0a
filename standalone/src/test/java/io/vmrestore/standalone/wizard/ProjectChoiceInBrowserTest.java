package io.vmrestore.standalone.wizard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import io.vmrestore.simulator.sample.SampleCloud;
import io.vmrestore.simulator.sample.SampleCloud.Tenant;
import org.junit.jupiter.api.Test;

/** The choice of a project after signing in: of many, of one, or of none. */
class ProjectChoiceInBrowserTest extends ProjectsInBrowser {
    @Test
    void aProjectIsChosenAfterSigningInAndOnlyItsVmsAreThere() {
        Screens screens = choosing(TWO, "/ui/");
        Page page = screens.page();
        assertThat(screens.heading("Choose a project")).isFocused();
        assertThat(page.locator(".project-option")).hasText(new String[] {"tenant-a", "tenant-b", UNMAPPED});
        assertThat(page.locator("header nav")).isHidden();

        page.keyboard().press("Tab");
        page.keyboard().press("ArrowDown");
        page.keyboard().press("ArrowUp");
        page.keyboard().press("Enter");

        assertThat(page.locator(".project-button")).hasText("Project: tenant-a");
        assertThat(page.locator(".role")).hasText("admin");
        assertThat(screens.link("Restore web-1")).isVisible();
        Locator offered = page.locator(".project-field option");
        assertThat(offered).hasText(new String[] {"tenant-a"});
        page.locator(".account-button").click();
        assertThat(page.locator("#account-panel")).containsText("What you may do in project tenant-a");
    }

    @Test
    void theOnlyProjectNeedsNoChoice() {
        Screens screens = choosing(Tenant.A.owner(), Tenant.A.ownerPassword(), "/ui/jobs");

        assertThat(screens.page().locator(".project-button")).hasText("Project: tenant-a");
        assertThat(screens.heading("Jobs")).isVisible();
        assertThat(screens.page().locator(".role")).hasText("operator");
    }

    @Test
    void aProjectWithoutARoleThatCountsIsToldInTheApisWords() {
        WIZARD.expectFailedLoads();
        Screens screens = choosing(TWO, "/ui/");
        Page page = screens.page();

        option(page, UNMAPPED).click();

        assertThat(page.locator("[role=alert]")).containsText("has no Keystone role on project " + UNMAPPED);
        option(page, "tenant-a").click();
        assertThat(page.locator(".project-button")).hasText("Project: tenant-a");
    }

    @Test
    void theOnlyProjectIsShownWithTheReasonIfItCannotBeChosen() {
        WIZARD.expectFailedLoads();
        String user = "auditor@company.com";
        var cloud = WizardSystem.cloud().cloud();
        cloud.run(() -> {
            cloud.identity().addUser(SampleCloud.userId(user), user, PASSWORD);
            cloud.identity()
                    .grant(SampleCloud.projectId(UNMAPPED), SampleCloud.userId(user), SampleCloud.roleId("auditor"));
        });

        Screens screens = choosing(user, "/ui/");

        assertThat(screens.page().locator("[role=alert]")).containsText("ask an administrator for a role");
        assertThat(screens.page().locator(".project-option")).hasText(new String[] {UNMAPPED});
    }

    @Test
    void manyProjectsHaveAFilterAndForeignNamesStayNames() {
        Screens screens = choosing(MANY, "/ui/");
        Page page = screens.page();
        Locator options = page.locator(".project-option");
        assertThat(options).hasCount(13);
        assertThat(page.locator(".project-option bdi", new Page.LocatorOptions().setHasText("evil")))
                .hasText("\\u202Eevil<b>&amp;</b>");
        assertThat(page.locator(".project-option bdi", new Page.LocatorOptions().setHasText(ARABIC)))
                .isVisible();

        page.getByLabel("Filter the projects").fill("twin");

        assertThat(options).hasCount(2);
        assertThat(options.first())
                .containsText(SampleCloud.projectId("twin-"
                        + (SampleCloud.projectId("twin-1").compareTo(SampleCloud.projectId("twin-2")) < 0 ? 1 : 2)));
        assertThat(screens.text("2 of 13 projects")).isVisible();
        page.getByLabel("Filter the projects").fill("none of these");
        assertThat(screens.text("No project matches.")).isVisible();
        page.getByLabel("Filter the projects").fill("evil");
        page.keyboard().press("Enter");
        assertThat(page.locator(".project-button bdi")).hasText("\\u202Eevil<b>&amp;</b>");
    }

    @Test
    void whoeverHasNoProjectAnyMoreIsToldWhatToDo() {
        WIZARD.expectFailedLoads();
        Page page = WIZARD.page();
        page.route(
                "**/auth/projects",
                route -> route.fulfill(new Route.FulfillOptions()
                        .setContentType("application/json")
                        .setBody("{\"projects\":[]}")));
        Screens screens = new Screens(page).open("/ui/").trySignIn(TWO, PASSWORD);

        screens.heading("No project for you").waitFor();
        assertThat(screens.text("Ask an administrator of the cloud for a role")).isVisible();
        page.unroute("**/auth/projects");
        screens.button("Try again").click();
        option(page, "tenant-a").waitFor();
        screens.button("Sign out").click();
        assertThat(page.getByLabel("User name")).isVisible();
    }
}
