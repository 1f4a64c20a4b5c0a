package io.vmrestore.standalone.wizard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.vmrestore.simulator.cloud.Cloud;
import io.vmrestore.simulator.engine.Owner;
import io.vmrestore.simulator.sample.SampleCloud;
import io.vmrestore.simulator.sample.SampleCloud.Tenant;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names that tenants chose neither change what stands around them nor hide, and every VM's name can be confirmed. */
class NamesInBrowserTest {
    @RegisterExtension
    static final Wizard WIZARD = new Wizard();

    /** Behind the VMs that other tests of the same system add. */
    private static final int FIRST = 100;

    /** Turns what follows it around, to the end of the paragraph. */
    private static final String OVERRIDE = "\u202E";

    /** Where a name is shown without being kept apart from its sentence. */
    private static final String NOT_ISOLATED = """
        (name) => [...document.querySelectorAll("body *")]
          .filter((element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.includes(name)))
          .filter((element) => element.tagName !== "OPTION" && !getComputedStyle(element).unicodeBidi.includes("isolate"))
          .map((element) => element.outerHTML.slice(0, 200))\
        """;

    @BeforeAll
    static void addVms() {
        SampleCloud.addServers(WizardSystem.cloud().cloud(), Tenant.A, FIRST, 8);
    }

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {"101,two  blanks", "102,данные-北京 🗄️", "103,خادم 2", "104,<b>bold</b> \"q\" & 'r'"})
    void aVmIsReplacedByTypingWhatIsShown(int number, String name) {
        Screens screens = plannedToReplace(number, name);
        Page page = screens.page();
        String shown = (String) page.locator(".sentence").evaluate("element => element.innerText");
        assertThat(shown).isEqualTo("DELETE AND RESTORE " + name);

        page.getByLabel("To confirm, type exactly this sentence").fill(shown);
        screens.button("Delete and restore").click();

        screens.awaitStatus("COMPLETED");
        assertThat((List<?>) page.evaluate(NOT_ISOLATED, name)).isEmpty();
    }

    @Test
    void theSentenceIsCopiedAsTheApiWantsIt() {
        Screens screens = plannedToReplace(105, "copied  name");
        Page page = screens.page();
        page.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));

        Locator copy = screens.button("Copy sentence");
        copy.focus();
        page.keyboard().press("Enter");
        assertThat(screens.button("Copied")).isVisible();

        assertThat(page.evaluate("navigator.clipboard.readText()")).isEqualTo("DELETE AND RESTORE copied  name");
        assertThat(screens.text("The name has blanks or characters that are hard to see"))
                .isVisible();
    }

    @Test
    void charactersThatTurnTextAroundAreShownAsEscapes() {
        String name = "tax" + OVERRIDE + "txt.exe";
        rename(106, name);
        Screens screens =
                new Screens(WIZARD.page()).open("/ui/").signIn(User.SUPERADMIN).chooseProject("tenant-a");
        Page page = screens.page();

        // The list may be a few seconds old.
        Locator link = page.locator("a.vm-link", new Page.LocatorOptions().setHasText("txt.exe"));
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            page.reload();
            page.locator("a.vm-link").first().waitFor();
            return link.count() == 1;
        });
        link.click();

        assertThat(screens.heading("Restore tax\\u202Etxt.exe")).isVisible();
        assertThat((Boolean) page.evaluate(
                        "text => document.documentElement.outerHTML.includes(text) || document.title.includes(text)",
                        OVERRIDE))
                .as("the override stands anywhere on the page")
                .isFalse();
    }

    private static Screens plannedToReplace(int number, String name) {
        rename(number, name);
        return new Screens(WIZARD.page())
                .open("/ui/projects/" + Tenant.A.projectId() + "/vms/" + vm(number))
                .signIn(User.SUPERADMIN)
                .choose("REPLACE: in place of the original")
                .generatePlan();
    }

    private static void rename(int number, String name) {
        Cloud cloud = WizardSystem.cloud().cloud();
        Owner owner = new Owner(Tenant.A.projectId(), Tenant.A.ownerId());
        cloud.run(() -> cloud.servers().rename(cloud.callerFor(owner), vm(number), name, null));
    }

    private static String vm(int number) {
        return Tenant.A.id("server/load-" + number);
    }
}
