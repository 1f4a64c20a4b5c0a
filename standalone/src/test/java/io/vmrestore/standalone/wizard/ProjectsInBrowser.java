package io.vmrestore.standalone.wizard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.vmrestore.simulator.cloud.identity.Role;
import io.vmrestore.simulator.sample.SampleCloud;
import io.vmrestore.simulator.sample.SampleCloud.Tenant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;

/** People of one, two and many projects, and how they come to one in the wizard. */
abstract class ProjectsInBrowser {
    @RegisterExtension
    static final Wizard WIZARD = new Wizard();

    static final String PASSWORD = "demo-projects";

    /** Manager of tenant-a, member of tenant-b, and of a project whose roles say nothing here. */
    static final String TWO = "two-projects@company.com";

    /** Member of a dozen projects, two of them of one name, one named to be misread. */
    static final String MANY = "many-projects@company.com";

    static final String UNMAPPED = "unmapped";
    static final String MISLEADING = "\u202Eevil<b>&amp;</b>";
    static final String ARABIC = "\u0645\u0634\u0631\u0648\u0639";

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

    static Screens choosing(String user, String path) {
        return choosing(user, PASSWORD, path);
    }

    static Screens choosing(String user, String password, String path) {
        return new Screens(WIZARD.page()).open(path).trySignIn(user, password);
    }

    static Screens chosen(String user, String project, String path) {
        Screens screens = choosing(user, path);
        option(screens.page(), project).click();
        assertThat(screens.page().locator(".project-button")).hasText("Project: " + project);
        return screens;
    }

    static void change(Screens screens, String project) {
        Page page = screens.page();
        page.locator(".project-button").click();
        option(page, project).click();
        assertThat(page.locator(".project-button")).hasText("Project: " + project);
        assertThat(page.locator("#project-panel")).isHidden();
    }

    static Locator option(Page page, String project) {
        return page.locator(".project-option")
                .filter(new Locator.FilterOptions()
                        .setHas(page.getByText(project, new Page.GetByTextOptions().setExact(true))));
    }
}
