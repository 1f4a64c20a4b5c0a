package io.vmrestore.standalone.wizard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A person restores VMs by clicking, with the simulated cloud as ground truth. */
class RestoreInBrowserTest {
    @RegisterExtension
    static final Wizard WIZARD = new Wizard();

    @Test
    void aVmComesBackBesideTheOriginalFromSigningInToCompleted() {
        Screens screens = new Screens(WIZARD.page())
                .open("/ui/")
                .signIn(User.ADMIN)
                .chooseProject("tenant-a")
                .chooseVm("web-1")
                .choose("web-1-weekly")
                .nameIt("web-1-by-hand")
                .choose("TRY_SAME_IPS: the same if they are free")
                .generatePlan();

        screens.execute().awaitStatus("COMPLETED");

        assertThat(screens.page().locator("[data-field=name]")).containsText("web-1-by-hand");
        assertThat(screens.page().locator("[data-field='nics[0].ips']")).containsText("different");
        assertThat(WizardSystem.cloud().servers())
                .anyMatch(server -> server.name().equals("web-1-by-hand"));
    }
}
