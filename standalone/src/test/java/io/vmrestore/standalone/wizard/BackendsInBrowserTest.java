package io.vmrestore.standalone.wizard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import io.vmrestore.simulator.faults.Fault;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.ConfigurableApplicationContext;

/** What the pages of a gateway say when there is nothing behind it, or nothing to offer. */
class BackendsInBrowserTest {
    @RegisterExtension
    static final Wizard WIZARD = new Wizard();

    @ParameterizedTest
    @CsvSource({"/ui/", "/ui/jobs", "/ui/jobs/019aac3e-77a0-7c3b-9d0e-5f1c2b3a4d5e"})
    void aDisabledFeatureSaysSoAndHowToSwitchItOn(String place) {
        WIZARD.expectFailedLoads();
        try (ConfigurableApplicationContext gateway = WizardSystem.gateway(Map.of("RESTORE_ENABLED", "false"))) {
            Screens screens = new Screens(WIZARD.page(), WizardSystem.url(gateway))
                    .open(place)
                    .signIn(User.ADMIN);

            assertThat(screens.heading("Snapshot restore is switched off")).isVisible();
            assertThat(screens.text("RESTORE_ENABLED=true")).isVisible();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/ui/, The inventory does not answer",
        "/ui/jobs, The status store does not answer",
        "/ui/jobs/019aac3e-77a0-7c3b-9d0e-5f1c2b3a4d5e, The status store does not answer"
    })
    void aMissingBackendIsNamedAndAskedAgain(String place, String heading) {
        WIZARD.expectFailedLoads();
        // Port 1 answers nobody.
        Map<String, String> nobody =
                Map.of("RESTORE_PLANNER_URL", "http://127.0.0.1:1", "RESTORE_STATUS_URL", "http://127.0.0.1:1");
        try (ConfigurableApplicationContext gateway = WizardSystem.gateway(nobody)) {
            Screens screens = new Screens(WIZARD.page(), WizardSystem.url(gateway))
                    .open(place)
                    .signIn(User.ADMIN);
            Page page = screens.page();

            assertThat(screens.heading(heading)).isVisible();
            assertThat(screens.text("Request id").first()).isVisible();
            // It asks again by itself, without anybody clicking.
            page.waitForRequest(request -> request.url().contains("/restore/"), () -> {});
            assertThat(screens.heading(heading)).isVisible();
        }
    }

    @Test
    void whatIsNotThereHasAPageOfItsOwn() {
        WIZARD.expectFailedLoads();
        Screens screens = new Screens(WIZARD.page()).open("/ui/no/such/page").signIn(User.VIEWER);
        assertThat(screens.heading("There is nothing here")).isVisible();

        screens.open("/ui/jobs/019aac3e-77a0-7c3b-9d0e-5f1c2b3a4d5e");
        assertThat(screens.heading("No such job")).isVisible();

        screens.open("/ui/projects/0237f6785960347db5219a0d99018880/vms/019aac3e-77a0-7c3b-9d0e-5f1c2b3a4d5e");
        assertThat(screens.heading("This VM is not in the project any more")).isVisible();
    }

    @Test
    void aGatewayThatGoesAwayAndComesBackIsFoundAgain() {
        WIZARD.expectFailedLoads();
        Screens screens = new Screens(WIZARD.page()).open("/ui/jobs").signIn(User.VIEWER);
        Page page = screens.page();
        page.context().setOffline(true);

        screens.link("Restore a VM").first().click();
        assertThat(screens.heading("No connection")).isVisible();
        page.context().setOffline(false);

        assertThat(page.getByLabel("Project")).isVisible();
    }

    @Test
    void aPlanThatTakesLongerIsAwaitedOnItsPage() {
        try (ConfigurableApplicationContext gateway = WizardSystem.gateway(Map.of("RESTORE_PLAN_WAIT", "1ms"))) {
            Screens screens = new Screens(WIZARD.page(), WizardSystem.url(gateway))
                    .open("/ui/")
                    .signIn(User.ADMIN)
                    .chooseProject("tenant-a")
                    .chooseVm("app-1");
            WizardSystem.cloud().faults().once("GET /compute.*/servers/", new Fault.Slow(Duration.ofSeconds(3)));

            screens.button("Generate plan").click();

            assertThat(screens.heading("Making the plan…")).isVisible();
            screens.awaitStatus("PLANNED");
            screens.page().close();
        } finally {
            WizardSystem.cloud().faults().clear();
        }
    }
}
