package io.vmrestore.standalone.wizard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.vmrestore.simulator.sample.SampleCloud;
import io.vmrestore.simulator.sample.SampleCloud.Tenant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A project with 500 VMs more than a page holds. */
class ManyVmsTest {
    @RegisterExtension
    static final Wizard WIZARD = new Wizard();

    private static final int COUNT = 500;
    private static final int OTHERS = 4;

    /** How long the page is busy with a letter that is typed, in ms. */
    private static final String TYPE_A_LETTER = """
        async () => {
          const search = document.querySelector("input[type=search]");
          const before = performance.now();
          search.value = "load-49";
          search.dispatchEvent(new Event("input", { bubbles: true }));
          await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
          return performance.now() - before;
        }\
        """;

    @BeforeAll
    static void addVms() {
        SampleCloud.addServers(WizardSystem.cloud().cloud(), Tenant.B, 0, COUNT);
    }

    @Test
    void fiveHundredVmsAreListedSearchedAndWalkedWithoutDelay() {
        Screens screens = new Screens(WIZARD.page()).open("/ui/").signIn(User.ADMIN);
        Page page = screens.page();

        screens.chooseProject("tenant-b");
        assertThat(page.locator(".vms .grid-row")).hasCount(COUNT + OTHERS);
        double busy = (Double) page.evaluate(TYPE_A_LETTER);
        System.out.printf("Searching %d VMs kept the page busy for %.0f ms%n", COUNT + OTHERS, busy);

        assertThat(page.locator(".vms .grid-row")).hasCount(11);
        assertThat(screens.text("11 of 504 VMs")).isVisible();
        assertThat(busy).as("ms for a letter").isLessThan(2000);
        page.getByLabel("Search").fill("load-499");
        page.keyboard().press("Enter");
        assertThat(screens.heading("Restore load-499")).isVisible();
    }
}
