package io.vmrestore.standalone.wizard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
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
}
