package io.vmrestore.standalone.wizard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import io.vmrestore.simulator.faults.Fault;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Every screen in light, dark and at a phone's width: usable with assistive technology, not wider than the window,
 * without errors. Leaves a picture of each.
 */
class ScreensTest {
    @RegisterExtension
    static final Wizard WIZARD = new Wizard();

    @AfterEach
    void healTheCloud() {
        WizardSystem.cloud().faults().clear();
    }

    @Look.Each
    void signingInAndSelecting(Look look) {
        WIZARD.expectFailedLoads();
        Screens screens = new Screens(WIZARD.page(look.options())).open("/ui/");
        Page page = screens.page();
        page.getByLabel("User name").waitFor();
        Inspection.of(page, "sign-in", look);

        screens.trySignIn("olga@company.com", "wrong");
        page.locator("[role=alert]").waitFor();
        Inspection.of(page, "sign-in-refused", look);

        screens.signIn(User.SUPERADMIN);
        screens.heading("Choose a project first").waitFor();
        Inspection.of(page, "select-project", look);

        screens.chooseProject("tenant-c");
        screens.link("Restore history-1").waitFor();
        Inspection.of(page, "select-vm", look);

        page.getByLabel("Search").fill("no such vm");
        screens.heading("No VM matches").waitFor();
        Inspection.of(page, "select-vm-none", look);
    }

    @Look.Each
    void configuring(Look look) {
        Screens screens = new Screens(WIZARD.page(look.options()))
                .open("/ui/")
                .signIn(User.SUPERADMIN)
                .chooseProject("tenant-c")
                .chooseVm("history-1");
        Inspection.whole(screens.page(), "configure", look);

        screens.open("/ui/").chooseProject("tenant-c").chooseVm("locked-1").choose("REPLACE: in place of the original");
        Inspection.of(screens.page(), "configure-replace", look);
    }

    @Look.Each
    void whatARoleMayNotDo(Look look) {
        Screens screens = new Screens(WIZARD.page(look.options()))
                .open("/ui/")
                .signIn(User.VIEWER)
                .chooseProject("tenant-c")
                .chooseVm("web-1");
        screens.page().locator(".account-button").click();
        screens.text("What you may do").waitFor();

        Inspection.of(screens.page(), "configure-viewer", look);
    }

    @Look.Each
    void planningToReplace(Look look) {
        WIZARD.expectFailedLoads();
        Screens screens = new Screens(WIZARD.page(look.options()))
                .open("/ui/")
                .signIn(User.SUPERADMIN)
                .chooseProject("tenant-c")
                .chooseVm("floating-1")
                .choose("REPLACE: in place of the original")
                .choose("SAME_IPS_OR_FAIL: the same or nothing")
                .generatePlan();
        Page page = screens.page();
        page.getByLabel("To confirm, type exactly this sentence").fill("delete and restore floating-1");
        screens.button("Delete and restore").click();
        page.locator(".field-error").waitFor();
        Inspection.whole(page, "plan-replace", look);

        screens.open("/ui/")
                .chooseProject("tenant-c")
                .chooseVm("locked-1")
                .choose("REPLACE: in place of the original")
                .generatePlan();
        Inspection.of(page, "plan-not-eligible", look);
    }

    @Look.Each
    void executing(Look look) {
        WizardSystem.cloud().faults().once("^shown-", new Fault.ServerStuck());
        Screens screens = new Screens(WIZARD.page(look.options()))
                .open("/ui/")
                .signIn(User.ADMIN)
                .chooseProject("tenant-c")
                .chooseVm("web-1")
                .nameIt("shown-" + look.suffix())
                .choose("TRY_SAME_IPS: the same if they are free")
                .generatePlan();
        Page page = screens.page();
        Inspection.whole(page, "plan", look);

        screens.execute().awaitStep("wait_active", "RUNNING");
        assertThat(page.locator("[data-connection]")).hasAttribute("data-connection", "live");
        Inspection.whole(page, "running", look);

        screens.button("Cancel restore").click();
        Inspection.of(page, "cancel", look);
        page.getByLabel("Reason (optional)").fill("wrong snapshot");
        page.locator("dialog").getByText("Cancel restore").click();
        screens.awaitStatus("CANCELLED");
        Inspection.of(page, "cancelled", look);
    }

    @Look.Each
    void ending(Look look) {
        String name = "web-1-" + look.name().toLowerCase(Locale.ROOT);
        Screens screens = new Screens(WIZARD.page(look.options()))
                .open("/ui/")
                .signIn(User.ADMIN)
                .chooseProject("tenant-c")
                .chooseVm("web-1")
                .nameIt(name)
                .generatePlan()
                .execute()
                .awaitStatus("COMPLETED");
        Inspection.whole(screens.page(), "completed", look);

        WizardSystem.cloud()
                .faults()
                .once("^doomed-", new Fault.ServerFails(Fault.Stage.ABORT, "Disk of the hypervisor is full"));
        screens.open("/ui/")
                .chooseProject("tenant-c")
                .chooseVm("web-1")
                .nameIt("doomed-" + look.suffix())
                .generatePlan()
                .execute()
                .awaitStatus("FAILED");
        Inspection.whole(screens.page(), "failed", look);

        screens.open("/ui/jobs");
        screens.page().locator(".jobs").waitFor();
        screens.button("More filters").click();
        Inspection.of(screens.page(), "jobs", look);
        screens.open("/ui/jobs?status=INTERRUPTED");
        screens.heading("No job matches").waitFor();
        Inspection.of(screens.page(), "jobs-none", look);
    }

    @Test
    void aWideWindowIsFilled() {
        Screens screens = new Screens(WIZARD.page(Look.WIDE.options()))
                .open("/ui/")
                .signIn(User.SUPERADMIN)
                .chooseProject("tenant-c");
        Page page = screens.page();
        screens.link("Restore history-1").waitFor();
        Inspection.of(page, "select-vm", Look.WIDE);

        screens.chooseVm("history-1");
        Inspection.of(page, "configure", Look.WIDE);

        screens.generatePlan();
        Inspection.of(page, "plan", Look.WIDE);

        screens.open("/ui/jobs").link("Open restore of history-1").first().waitFor();
        Inspection.of(page, "jobs", Look.WIDE);
    }
}
