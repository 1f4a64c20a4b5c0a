package io.vmrestore.standalone.wizard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.vmrestore.simulator.sample.SampleCloud.Tenant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is chosen before a plan: what the page proposes, what it says of each choice, what it keeps. */
class ConfigureInBrowserTest {
    @RegisterExtension
    static final Wizard WIZARD = new Wizard();

    private static final String REPLACE = "REPLACE: in place of the original";
    private static final String NEW = "NEW: beside the original";

    @Test
    void aReplacementKeepsItsAddressesUnlessSomebodyWantsOthers() {
        Screens screens = configure("tenant-c", "app-1");
        Page page = screens.page();
        assertThat(page.locator("input[value=NEW_IPS]")).isChecked();

        screens.choose(REPLACE);
        assertThat(page.locator("input[value=SAME_IPS_OR_FAIL]")).isChecked();
        screens.choose(NEW);
        assertThat(page.locator("input[value=NEW_IPS]")).isChecked();

        screens.choose("TRY_SAME_IPS: the same if they are free").choose(REPLACE);
        assertThat(page.locator("input[value=TRY_SAME_IPS]")).isChecked();
        screens.choose("NEW_IPS: new addresses");
        Locator chosen = page.locator(".choice-option.chosen").last();
        assertThat(chosen).containsText("Clients that use 10.");
        assertThat(chosen).containsText("will not find it");
        assertThat(page.locator("main")).not().containsText("Safe.");
        assertThat(page.locator("td.warn-text")).containsText("will not find it");
    }

    @Test
    void onlyUsableRestorePointsAreCounted() {
        Screens screens = new Screens(WIZARD.page())
                .open("/ui/vms?project=" + Tenant.C.projectId())
                .signIn(User.VIEWER);
        Locator row = screens.page()
                .locator(".vms .grid-row")
                .filter(new Locator.FilterOptions().setHas(screens.link("Restore history-1")));

        assertThat(row).containsText("14 usable restore points, newest 1 day ago");
        assertThat(row).containsText("1 other cannot be used");
    }

    @Test
    void aLinkToAVmThatBootsFromAnImageSaysWhyItCannotBeRestored() {
        Screens screens = new Screens(WIZARD.page())
                .open("/ui/projects/" + Tenant.A.projectId() + "/vms/" + Tenant.A.statelessServerId())
                .signIn(User.SUPERADMIN);
        Page page = screens.page();

        assertThat(page.locator("[role=alert]")).containsText("It boots from an image");
        assertThat(screens.text("No restore points")).hasCount(0);
        assertThat(page.locator("main input")).hasCount(0);
        assertThat(screens.button("Generate plan")).hasAttribute("aria-disabled", "true");
        screens.button("Generate plan").click(new Locator.ClickOptions().setForce(true));
        assertThat(screens.heading("Restore stateless-1")).isVisible();
    }

    @Test
    void aPlanIsChangedWithEveryChoiceOfIt() {
        Screens screens = configure("tenant-c", "web-1")
                .choose("web-1-weekly")
                .nameIt("web-1-custom")
                .choose("TRY_SAME_IPS: the same if they are free")
                .generatePlan();
        Page page = screens.page();
        String earlier = screens.jobId();

        screens.link("Change and plan again").click();
        assertThat(page.getByLabel("Name of the restored VM")).hasValue("web-1-custom");
        assertThat(page.getByLabel("web-1-weekly")).isChecked();
        assertThat(page.locator("input[value=TRY_SAME_IPS]")).isChecked();
        assertThat(screens.text("It stays as it is")).isVisible();
        page.goBack();
        screens.awaitStatus("PLANNED");
        page.locator(".stepper").getByText("Configure").click();
        assertThat(page.getByLabel("Name of the restored VM")).hasValue("web-1-custom");

        page.getByText("Open the earlier plan").click();
        screens.awaitStatus("PLANNED");
        org.assertj.core.api.Assertions.assertThat(screens.jobId()).isEqualTo(earlier);
    }

    @Test
    void aNameThatNobodyChoseIsMadeAnew() {
        Screens screens = configure("tenant-c", "web-1").generatePlan();

        screens.link("Change and plan again").click();

        assertThat(screens.page().getByLabel("Name of the restored VM")).hasValue("");
    }

    private static Screens configure(String project, String vm) {
        return new Screens(WIZARD.page())
                .open("/ui/")
                .signIn(User.SUPERADMIN)
                .chooseProject(project)
                .chooseVm(vm);
    }
}
