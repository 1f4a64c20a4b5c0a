package io.vmrestore.standalone.wizard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.vmrestore.simulator.faults.Fault;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What somebody sees before they start a restore, and whether what came of it is told as what it is. */
class DecisionInBrowserTest {
    @RegisterExtension
    static final Wizard WIZARD = new Wizard();

    private static final String REPLACE = "REPLACE: in place of the original";
    private static final String KEEP = "SAME_IPS_OR_FAIL: the same or nothing";

    @AfterEach
    void healTheCloud() {
        WizardSystem.cloud().faults().clear();
    }

    @Test
    void aPlanThatWillFailDoesNotLookReady() {
        Screens screens = planned("tenant-c", "web-1", "NEW: beside the original");
        Page page = screens.page();

        assertThat(page.locator(".job-head .status")).hasText("Will fail");
        assertThat(screens.heading("This restore will fail as things are now")).isVisible();
        assertThat(screens.button("Execute")).not().hasClass(Pattern.compile("primary"));
        assertThat(page.locator(".warnings li").first()).containsText("will fail");
        assertThat(page.locator(".most li")).hasCount(2);
        assertThat(page.locator(".most li").first()).containsText("will fail");
    }

    @Test
    void aPlanThatCannotBeExecutedDoesNotLookReady() {
        Screens screens = planned("tenant-c", "locked-1", REPLACE);

        assertThat(screens.page().locator(".job-head .status")).hasText("Cannot be executed");
        assertThat(screens.page().locator("main .button.primary:visible")).hasCount(0);
        assertThat(screens.page().locator("main .button.danger:visible")).hasCount(0);
    }

    @Test
    void oneReviewsBeforeOneConfirmsAndReadsWhatIsLost() {
        Screens screens = planned("tenant-c", "floating-1", REPLACE);
        Page page = screens.page();
        Locator confirmation = page.locator(".execute");

        assertThat(confirmation)
                .containsText(
                        Pattern.compile("You lose everything written since \\w{3} \\d+ \\w+ \\d\\d:\\d\\d \\(.+\\)"));
        assertThat(page.locator(".warnings li").first()).containsText("is lost");
        double review = page.locator(".warnings").boundingBox().y;
        assertThat(confirmation.boundingBox().y).isGreaterThan(review);
    }

    @Test
    void aStepThatACancellationStoppedIsNoFailure() {
        WizardSystem.cloud().faults().once("^stopped-by-hand$", new Fault.ServerStuck());
        Screens screens = configure("tenant-a", "app-1")
                .nameIt("stopped-by-hand")
                .generatePlan()
                .execute()
                .awaitStep("wait_active", "RUNNING");
        Page page = screens.page();
        screens.button("Cancel restore").click();
        page.getByLabel("Reason (optional)").fill("wrong snapshot chosen");
        page.locator("dialog").getByText("Cancel restore").click();

        screens.awaitStatus("CANCELLED").awaitStep("wait_active", "STOPPED");

        Locator step = page.locator("[data-step=wait_active]");
        assertThat(step).containsText("Stopped by " + User.SUPERADMIN.username() + ": wrong snapshot chosen");
        assertThat(step.locator(".tone-bad")).hasCount(0);
        assertThat(page.locator(".graph-node.tone-bad")).hasCount(0);
    }

    @Test
    void aListInWhichEverythingHasEndedIsReadAgain() {
        Page page = WIZARD.page();
        page.clock().install();
        Screens screens = new Screens(page).open("/ui/jobs?status=DRY_RUN").signIn(User.VIEWER);
        screens.heading("No job matches").waitFor();
        assertThat(screens.text("As of")).isVisible();

        page.waitForRequest(
                request -> request.url().contains("/restore/jobs?"),
                () -> page.clock().fastForward("00:20"));
        page.waitForRequest(request -> request.url().contains("/restore/jobs?"), () -> {
            screens.button("Refresh").focus();
            page.keyboard().press("Enter");
        });
    }

    private static Screens planned(String project, String vm, String mode) {
        return configure(project, vm).choose(mode).choose(KEEP).generatePlan();
    }

    private static Screens configure(String project, String vm) {
        return new Screens(WIZARD.page())
                .open("/ui/")
                .signIn(User.SUPERADMIN)
                .chooseProject(project)
                .chooseVm(vm);
    }
}
