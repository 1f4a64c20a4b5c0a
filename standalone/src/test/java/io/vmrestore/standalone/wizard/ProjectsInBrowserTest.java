package io.vmrestore.standalone.wizard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import io.vmrestore.simulator.cloud.identity.Role;
import io.vmrestore.simulator.faults.Fault;
import io.vmrestore.simulator.sample.SampleCloud;
import io.vmrestore.simulator.sample.SampleCloud.Tenant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The project that the wizard's token speaks for: chosen after signing in, changed in the bar on top. */
class ProjectsInBrowserTest {
    @RegisterExtension
    static final Wizard WIZARD = new Wizard();

    private static final String PASSWORD = "demo-projects";

    /** Manager of tenant-a, member of tenant-b, and of a project whose roles say nothing here. */
    private static final String TWO = "two-projects@company.com";

    /** Member of a dozen projects, two of them of one name, one named to be misread. */
    private static final String MANY = "many-projects@company.com";

    private static final String UNMAPPED = "unmapped";
    private static final String MISLEADING = "\u202Eevil<b>&amp;</b>";
    private static final String ARABIC = "\u0645\u0634\u0631\u0648\u0639";

    @BeforeAll
    static void addPeople() {
        var cloud = WizardSystem.cloud().cloud();
        cloud.run(() -> {
            var identity = cloud.identity();
            identity.addRole(SampleCloud.roleId("auditor"), "auditor", null);
            identity.addProject(SampleCloud.projectId(UNMAPPED), UNMAPPED);
            identity.addUser(SampleCloud.userId(TWO), TWO, PASSWORD);
            identity.grant(Tenant.A.projectId(), SampleCloud.userId(TWO), SampleCloud.roleId(Role.MANAGER));
            identity.grant(Tenant.B.projectId(), SampleCloud.userId(TWO), SampleCloud.roleId(Role.MEMBER));
            identity.grant(SampleCloud.projectId(UNMAPPED), SampleCloud.userId(TWO), SampleCloud.roleId("auditor"));
            identity.addUser(SampleCloud.userId(MANY), MANY, PASSWORD);
            for (int number = 0; number < 9; number++) {
                addProject("team-" + number, "team-" + number);
            }
            addProject("twin-1", "twin");
            addProject("twin-2", "twin");
            addProject("misleading", MISLEADING);
            addProject("arabic", ARABIC);
        });
    }

    private static void addProject(String key, String name) {
        var identity = WizardSystem.cloud().cloud().identity();
        identity.addProject(SampleCloud.projectId(key), name);
        identity.grant(SampleCloud.projectId(key), SampleCloud.userId(MANY), SampleCloud.roleId(Role.MEMBER));
    }

    @AfterEach
    void healTheCloud() {
        WizardSystem.cloud().faults().clear();
    }

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

    private static Page newTabBeside(Page page) {
        Page tab = WIZARD.watched(page.context().newPage());
        tab.navigate(WizardSystem.url() + "/ui/jobs");
        return tab;
    }

    private static Screens choosing(String user, String path) {
        return choosing(user, PASSWORD, path);
    }

    private static Screens choosing(String user, String password, String path) {
        return new Screens(WIZARD.page()).open(path).trySignIn(user, password);
    }

    private static Screens chosen(String user, String project, String path) {
        Screens screens = choosing(user, path);
        option(screens.page(), project).click();
        assertThat(screens.page().locator(".project-button")).hasText("Project: " + project);
        return screens;
    }

    private static void change(Screens screens, String project) {
        Page page = screens.page();
        page.locator(".project-button").click();
        option(page, project).click();
        assertThat(page.locator(".project-button")).hasText("Project: " + project);
        assertThat(page.locator("#project-panel")).isHidden();
    }

    private static Locator option(Page page, String project) {
        return page.locator(".project-option")
                .filter(new Locator.FilterOptions()
                        .setHas(page.getByText(project, new Page.GetByTextOptions().setExact(true))));
    }
}
