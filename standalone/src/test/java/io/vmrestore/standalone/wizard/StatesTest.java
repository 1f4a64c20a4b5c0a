package io.vmrestore.standalone.wizard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.RequestOptions;
import io.vmrestore.simulator.faults.Fault;
import io.vmrestore.simulator.sample.SampleCloud;
import io.vmrestore.simulator.sample.SampleCloud.Tenant;
import io.vmrestore.standalone.server.StandaloneServer;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * What screens show when something is missing, forbidden, lost or given up: looked at like every screen, see
 * {@link ScreensTest}.
 */
class StatesTest {
    @RegisterExtension
    static final Wizard WIZARD = new Wizard();

    /** There is no such job, VM or project in the sample cloud. */
    private static final String NO_ID = "019aac3e-77a0-7c3b-9d0e-5f1c2b3a4d5e";

    /** Port 1 answers nobody. */
    private static final String NOBODY = "127.0.0.1:1";

    @BeforeAll
    static void addVmsToLose() {
        SampleCloud.addServers(WizardSystem.cloud().cloud(), Tenant.A, 0, Look.values().length);
    }

    @AfterEach
    void healTheCloud() {
        WizardSystem.cloud().faults().clear();
    }

    @Look.Each
    void theFeatureIsSwitchedOff(Look look) {
        WIZARD.expectFailedLoads();
        try (ConfigurableApplicationContext gateway = WizardSystem.gateway(Map.of("RESTORE_ENABLED", "false"))) {
            Screens screens = at(gateway, look).open("/ui/").signIn(User.ADMIN);

            screens.heading("Snapshot restore is switched off").waitFor();
            Inspection.of(screens.page(), "disabled", look);
            screens.page().close();
        }
    }

    @Look.Each
    void nothingIsBehindTheGateway(Look look) {
        WIZARD.expectFailedLoads();
        Map<String, String> nobody =
                Map.of("RESTORE_PLANNER_URL", "http://" + NOBODY, "RESTORE_STATUS_URL", "http://" + NOBODY);
        try (ConfigurableApplicationContext gateway = WizardSystem.gateway(nobody)) {
            Screens screens = at(gateway, look).open("/ui/").signIn(User.ADMIN);
            screens.heading("The inventory does not answer").waitFor();
            Inspection.of(screens.page(), "inventory-missing", look);

            screens.open("/ui/jobs/" + NO_ID)
                    .heading("The status store does not answer")
                    .waitFor();
            Inspection.of(screens.page(), "status-store-missing", look);
            screens.page().close();
        }
    }

    @Look.Each
    void theEventLogDoesNotAnswer(Look look) {
        WIZARD.expectFailedLoads();
        Map<String, String> noLog = Map.of("KAFKA_BOOTSTRAP_SERVERS", NOBODY, "RESTORE_PUBLISH_TIMEOUT", "1s");
        try (ConfigurableApplicationContext gateway = WizardSystem.gateway(noLog)) {
            Screens screens = at(gateway, look)
                    .open("/ui/")
                    .signIn(User.ADMIN)
                    .chooseProject("tenant-c")
                    .chooseVm("web-1")
                    .nameIt("kept-name");
            screens.button("Generate plan").click();

            assertThat(screens.page().locator("[role=alert]")).containsText("The event log is not available");
            assertThat(screens.page().getByLabel("Name of the restored VM")).hasValue("kept-name");
            screens.page().locator("[role=alert]").scrollIntoViewIfNeeded();
            Inspection.whole(screens.page(), "event-log-missing", look);
            screens.page().close();
        }
    }

    @Look.Each
    void theGatewayIsAway(Look look) {
        WIZARD.expectFailedLoads();
        Screens screens = at(look).open("/ui/").signIn(User.VIEWER);
        screens.heading("Choose a project first").waitFor();
        screens.page().context().setOffline(true);

        screens.link("Jobs").click();

        screens.heading("No connection").waitFor();
        Inspection.of(screens.page(), "gateway-missing", look);
    }

    @Look.Each
    void theSessionHasEnded(Look look) {
        WIZARD.expectFailedLoads();
        Screens screens = at(look).open("/ui/")
                .signIn(User.ADMIN)
                .chooseProject("tenant-c")
                .chooseVm("web-1");
        Page page = screens.page();
        String place = page.url();
        page.evaluate("const kept = JSON.parse(sessionStorage.session); kept.token += 'x';"
                + " sessionStorage.session = JSON.stringify(kept)");
        page.reload();

        screens.text("Your session has ended.").waitFor();
        assertThat(page.getByLabel("User name")).isFocused();
        Inspection.of(page, "session-ended", look);

        screens.signIn(User.ADMIN);
        screens.heading("Restore web-1").waitFor();
        assertThat(page.url()).isEqualTo(place);
    }

    @Look.Each
    void whatIsNotThere(Look look) {
        WIZARD.expectFailedLoads();
        Screens screens = at(look).open("/ui/no/such/page").signIn(User.VIEWER);
        screens.heading("There is nothing here").waitFor();
        Inspection.of(screens.page(), "no-page", look);

        screens.open("/ui/jobs/" + NO_ID).heading("No such job").waitFor();
        Inspection.of(screens.page(), "no-job", look);

        screens.open("/ui/projects/" + Tenant.C.projectId() + "/vms/" + NO_ID)
                .heading("This VM is not in the project any more")
                .waitFor();
        Inspection.of(screens.page(), "no-vm", look);

        screens.open("/ui/vms?project=" + SampleCloud.SERVICE_PROJECT_ID)
                .heading("No VMs here")
                .waitFor();
        // There is nothing to search in.
        screens.page().keyboard().press("/");
        Inspection.of(screens.page(), "select-vm-empty", look);
    }

    @Look.Each
    void whatAViewerMayNotDoToAPlan(Look look) {
        Screens admin = planned(at(look), User.ADMIN, "tenant-c", "web-1");

        Screens viewer =
                at(look).open("/ui/jobs/" + admin.jobId()).signIn(User.VIEWER).awaitStatus("PLANNED");

        Inspection.of(viewer.page(), "plan-viewer", look);
    }

    @Look.Each
    void thePlanIsBeingMade(Look look) {
        // The first look at the job may come before its first event is in the tables.
        WIZARD.expectFailedLoads();
        try (ConfigurableApplicationContext gateway = WizardSystem.gateway(Map.of("RESTORE_PLAN_WAIT", "1ms"))) {
            Screens screens = at(gateway, look)
                    .open("/ui/")
                    .signIn(User.ADMIN)
                    .chooseProject("tenant-c")
                    .chooseVm("app-1");
            WizardSystem.cloud().faults().once("GET /compute.*/servers/", new Fault.Slow(Duration.ofSeconds(10)));

            screens.button("Generate plan").click();
            screens.heading("Making the plan…").waitFor();
            Inspection.of(screens.page(), "planning", look);

            screens.awaitStatus("PLANNED");
            screens.page().close();
        }
    }

    @Look.Each
    void theConnectionIsLostWhileAVmIsReplacedWhichIsGivenUpThen(Look look) {
        WIZARD.expectFailedLoads();
        String name = "load-" + look.ordinal();
        WizardSystem.cloud().faults().once("^" + name + "$", new Fault.ServerStuck());
        Screens screens = at(look).open("/ui/")
                .signIn(User.SUPERADMIN)
                .chooseProject("tenant-a")
                .chooseVm(name)
                .choose("REPLACE: in place of the original")
                .generatePlan();
        Page page = screens.page();
        page.getByLabel("To confirm, type exactly this sentence").fill("DELETE AND RESTORE " + name);
        screens.button("Delete and restore").click();
        screens.awaitStep("wait_active", "RUNNING");
        assertThat(screens.button("Cancel restore")).hasAttribute("aria-disabled", "true");
        assertThat(screens.text("cannot be cancelled any more")).isVisible();

        page.context().setOffline(true);
        screens.text("No connection to the gateway").waitFor();
        Inspection.of(page, "connection-lost", look);
        page.context().setOffline(false);
        assertThat(screens.text("No connection to the gateway")).isHidden();

        giveUp(page, screens.jobId(), "Nobody knows the hypervisor");
        screens.awaitStatus("INTERRUPTED");
        assertThat(page.locator("[data-outcome]")).containsText("By admin. Reason: Nobody knows the hypervisor");
        screens.awaitStep("wait_active", "INTERRUPTED");
        Inspection.whole(page, "interrupted", look);
    }

    /** One system for all looks: to start one takes long. */
    @Test
    void aDryRunIsToldOnEveryPageAndEndsAtOnce() {
        try (StandaloneServer system = WizardSystem.start(Map.of("RESTORE_DRY_RUN", "true"))) {
            for (Look look : new Look[] {Look.LIGHT, Look.DARK, Look.PHONE}) {
                Screens screens = new Screens(
                        WIZARD.page(look.options()), system.instance().gateway());
                planned(screens, User.ADMIN, "tenant-a", "app-1");

                assertThat(screens.text("Dry run: Execute ends the job")).isVisible();
                assertThat(screens.text("RESTORE_DRY_RUN=true").first()).isVisible();
                Inspection.of(screens.page(), "plan-dry-run", look);
                screens.execute().awaitStatus("DRY_RUN");
                assertThat(screens.text("The plan was accepted and nothing was executed"))
                        .isVisible();
                Inspection.of(screens.page(), "dry-run", look);
                screens.page().close();
            }
        }
    }

    private static Screens at(Look look) {
        return new Screens(WIZARD.page(look.options()));
    }

    private static Screens at(ConfigurableApplicationContext gateway, Look look) {
        return new Screens(WIZARD.page(look.options()), WizardSystem.url(gateway));
    }

    private static Screens planned(Screens screens, User user, String project, String vm) {
        return screens.open("/ui/")
                .signIn(user)
                .chooseProject(project)
                .chooseVm(vm)
                .generatePlan();
    }

    /** As {@code ./restore interrupt} does it, with the session of the page. */
    private static void giveUp(Page page, String job, String reason) {
        String token = (String) page.evaluate("JSON.parse(sessionStorage.session).token");
        APIResponse answer = page.request()
                .post(
                        WizardSystem.url() + "/restore/jobs/" + job + "/interrupt",
                        RequestOptions.create()
                                .setHeader("Authorization", "Bearer " + token)
                                .setData(Map.of("reason", reason)));
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
    }
}
