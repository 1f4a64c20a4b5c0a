package io.vmrestore.standalone.wizard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The page at /docs works under its own content security policy. */
class DocumentationPageTest {
    @RegisterExtension
    static final Wizard WIZARD = new Wizard();

    @Test
    void theRestInterfaceCanBeReadAndOpened() {
        Page page = WIZARD.page();
        Screens screens = new Screens(page).open("/ui/");

        screens.link("REST interface").click();

        assertThat(page.locator(".swagger-ui .info")).containsText("Snapshot restore for OpenStack VMs");
        page.locator("#operations-restore-plan").click();
        assertThat(page.locator("#operations-restore-plan")).containsText("Planning only reads from the cloud");
    }
}
