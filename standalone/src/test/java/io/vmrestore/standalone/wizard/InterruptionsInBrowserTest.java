package io.vmrestore.standalone.wizard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import io.vmrestore.simulator.faults.Fault;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Reload, back, a second tab, a lost connection and an ended session, at any moment. */
class InterruptionsInBrowserTest {
    @RegisterExtension
    static final Wizard WIZARD = new Wizard();

    @AfterEach
    void healTheCloud() {
        WizardSystem.cloud().faults().clear();
    }

    @Test
    void aReloadInMidRestoreGoesOnWhereItWas() {
        Screens screens = waitingForItsServer("reloaded");
        Page page = screens.page();

        page.reload();

        screens.awaitStatus("RUNNING").awaitStep("create_volume", "COMPLETED");
        assertThat(page.locator("[data-connection=live]")).isVisible();
        release(screens, "reloaded");
    }

    @Test
    void aSecondTabIsSignedInAndShowsTheSame() {
        Screens first = waitingForItsServer("watched");
        Page page = WIZARD.watched(first.page().context().newPage());

        page.navigate(first.page().url());

        Screens second = new Screens(page).awaitStatus("RUNNING").awaitStep("wait_active", "RUNNING");
        release(first, "watched");
        second.awaitStatus("CANCELLED");
    }

    @Test
    void backAndForwardFindEveryChoiceAgain() {
        Screens screens = new Screens(WIZARD.page())
                .open("/ui/")
                .signIn(User.ADMIN)
                .chooseProject("tenant-a")
                .chooseVm("app-1")
                .choose("app-1-weekly")
                .nameIt("remembered")
                .choose("TRY_SAME_IPS: the same if they are free")
                .generatePlan();
        Page page = screens.page();

        page.goBack();

        assertThat(page.getByLabel("Name of the restored VM")).hasValue("remembered");
        assertThat(page.locator("input[value=TRY_SAME_IPS]")).isChecked();
        assertThat(page.getByLabel("app-1-weekly")).isChecked();
        page.goBack();
        assertThat(page.getByLabel("Project")).isVisible();
        assertThat(screens.link("Restore app-1")).isVisible();
        page.goForward();
        assertThat(page.getByLabel("Name of the restored VM")).hasValue("remembered");
        page.goForward();
        screens.awaitStatus("PLANNED");
    }

    @Test
    void aLostConnectionIsToldAndTheStreamGoesOnBehindTheLastEvent() {
        WIZARD.expectFailedLoads();
        Screens screens = waitingForItsServer("disconnected");
        Page page = screens.page();
        Locator connection = page.locator("[data-connection]");
        assertThat(connection).hasAttribute("data-connection", "live");
        List<String> resumed = new CopyOnWriteArrayList<>();
        page.onRequest(request -> lastEventId(request, resumed));

        page.context().setOffline(true);
        assertThat(connection).hasAttribute("data-connection", "offline");
        screens.awaitStatus("RUNNING");
        page.context().setOffline(false);

        assertThat(connection).hasAttribute("data-connection", "live");
        assertThat(resumed)
                .isNotEmpty()
                .allSatisfy(id -> assertThat(Integer.parseInt(id)).isGreaterThan(10));
        release(screens, "disconnected");
    }

    @Test
    void withoutAStreamTheJobIsPolled() {
        WIZARD.expectFailedLoads();
        Screens screens = waitingForItsServer("polled");
        Page page = screens.page();
        page.route("**/restore/jobs/*/events", route -> route.abort());

        page.reload();

        assertThat(page.locator("[data-connection]")).hasAttribute("data-connection", "polling");
        release(screens, "polled");
    }

    @Test
    void anEndedSessionAsksToSignInAndReturnsToTheSamePlace() {
        WIZARD.expectFailedLoads();
        Screens screens = new Screens(WIZARD.page())
                .open("/ui/")
                .signIn(User.ADMIN)
                .chooseProject("tenant-a")
                .chooseVm("web-1")
                .choose("web-1-monthly")
                .nameIt("patience");
        Page page = screens.page();
        Object place = page.evaluate("location.href");
        // The token is not valid any more, as after a change of the key; only the gateway can tell.
        page.evaluate("const kept = JSON.parse(sessionStorage.session); kept.token += 'x';"
                + " sessionStorage.session = JSON.stringify(kept)");
        page.reload();

        assertThat(screens.text("Your session has ended.")).isVisible();
        screens.signIn(User.ADMIN);

        assertThat(page.getByLabel("Name of the restored VM")).hasValue("patience");
        assertThat(page.getByLabel("web-1-monthly")).isChecked();
        assertThat(page.evaluate("location.href")).isEqualTo(place);
    }

    @Test
    void aTokenThatIsAboutToEndAsksInTime() {
        Page page = WIZARD.page();
        page.clock().install();
        Screens screens = new Screens(page).open("/ui/jobs").signIn(User.VIEWER);

        page.clock().fastForward("01:00:01");

        assertThat(screens.text("Your session has ended.")).isVisible();
    }

    private static void lastEventId(Request request, List<String> ids) {
        if (request.url().endsWith("/events")) {
            ids.add(request.headers().getOrDefault("last-event-id", ""));
        }
    }

    /** A restore that stays in wait_active until it is cancelled. */
    private static Screens waitingForItsServer(String name) {
        WizardSystem.cloud().faults().once("^" + name + "$", new Fault.ServerStuck());
        return new Screens(WIZARD.page())
                .open("/ui/")
                .signIn(User.ADMIN)
                .chooseProject("tenant-a")
                .chooseVm("app-1")
                .nameIt(name)
                .generatePlan()
                .execute()
                .awaitStep("wait_active", "RUNNING");
    }

    /** Ends it: what happens from here on has to reach the page. */
    private static void release(Screens screens, String name) {
        screens.button("Cancel restore").click();
        screens.page().locator("dialog").getByText("Cancel restore").click();
        screens.awaitStatus("CANCELLED");
        assertThat(WizardSystem.cloud().servers())
                .noneMatch(server -> server.name().equals(name));
    }
}
