package io.vmrestore.standalone.wizard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.vmrestore.simulator.cloud.compute.Server;
import io.vmrestore.simulator.faults.Fault;
import io.vmrestore.simulator.sample.SampleCloud;
import io.vmrestore.simulator.sample.SampleCloud.Tenant;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A person restores VMs by clicking, with the simulated cloud as ground truth. */
class RestoreInBrowserTest {
    @RegisterExtension
    static final Wizard WIZARD = new Wizard();

    @Test
    void aVmComesBackBesideTheOriginalFromSigningInToCompleted() {
        Screens screens = configure(User.ADMIN, "tenant-a", "web-1")
                .choose("web-1-weekly")
                .nameIt("web-1-by-hand")
                .choose("TRY_SAME_IPS: the same if they are free")
                .generatePlan();
        Page page = screens.page();
        assertThat(page.locator(".graph svg")).isVisible();
        assertThat(page.locator(".quota-line")).hasCount(7);
        assertThat(page.locator(".warnings")).containsText("UEFI variables");
        assertThat(page.locator(".step-words")
                        .getByText("after Check plan, Check quota")
                        .first())
                .isVisible();

        screens.execute().awaitStatus("COMPLETED");

        assertThat(screens.text("web-1-by-hand is running.")).isVisible();
        assertThat(page.locator("[data-field=name]")).containsText("web-1-by-hand");
        assertThat(page.locator("[data-field='nics[0].ips']")).containsText("different");
        assertThat(page.locator("[data-field='metadata.restore_mark']")).containsText("new");
        assertThat(page.locator("[data-field='volume.metadata.restore_mark']")).containsText("Volume metadata");
        assertThat(page.locator("[data-field=flavor]")).hasCount(0);
        page.getByLabel("Show all").check();
        assertThat(page.locator("[data-field=flavor]")).containsText("same");
        assertThat(servers()).contains("web-1", "web-1-by-hand");
    }

    @Test
    void aVmIsReplacedOnlyWithTheExactSentence() {
        WIZARD.expectFailedLoads();
        String original = Tenant.B.appServerId();
        Screens screens = configure(User.SUPERADMIN, "tenant-b", "app-1")
                .choose("REPLACE: in place of the original")
                .choose("SAME_IPS_OR_FAIL: the same or nothing")
                .generatePlan();
        Page page = screens.page();
        Locator sentence = page.getByLabel("To confirm, type exactly this sentence");

        screens.button("Delete and restore").click();
        assertThat(page.locator(".field-error")).containsText("Destructive confirmation required");
        sentence.fill("delete and restore app-1");
        screens.button("Delete and restore").click();
        assertThat(sentence).hasAttribute("aria-invalid", "true");
        assertThat(page.locator(".field-error")).containsText("DELETE AND RESTORE app-1");
        assertThat(WizardSystem.cloud().servers())
                .anyMatch(server -> server.id().equals(original));

        sentence.fill("DELETE AND RESTORE app-1");
        screens.button("Delete and restore").click();
        screens.awaitStatus("COMPLETED");

        assertThat(WizardSystem.cloud().servers())
                .noneMatch(server -> server.id().equals(original))
                .anyMatch(server ->
                        server.name().equals("app-1") && server.projectId().equals(Tenant.B.projectId()));
        assertThat(page.locator(".leftovers")).containsText("Volume");
        assertThat(page.locator(".next-actions")).containsText("Your disk as it was until");
        assertThat(page.locator(".next-actions")).not().containsText("volume delete");

        screens.link("Restore this VM again").click();
        assertThat(screens.heading("Restore app-1")).isVisible();
        assertThat(page.locator(".vm-head code")).not().hasText(original);
    }

    @Test
    void anOriginalThatTheRestoreDeletedIsNotOfferedAgain() {
        WIZARD.expectFailedLoads();
        SampleCloud.addServers(WizardSystem.cloud().cloud(), Tenant.A, 120, 1);
        WizardSystem.cloud()
                .faults()
                .once("^load-120$", new Fault.ServerFails(Fault.Stage.ABORT, "Disk of the hypervisor is full"));
        Screens screens = configure(User.SUPERADMIN, "tenant-a", "load-120")
                .choose("REPLACE: in place of the original")
                .generatePlan();
        screens.page().getByLabel("To confirm, type exactly this sentence").fill("DELETE AND RESTORE load-120");
        screens.button("Delete and restore").click();
        screens.awaitStatus("FAILED");

        assertThat(screens.button("Restore this VM again")).hasAttribute("aria-disabled", "true");
        assertThat(screens.text("This restore deleted load-120")).isVisible();
        // Lists show what they were read from for some seconds.
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            screens.open("/ui/projects/" + Tenant.A.projectId() + "/vms/" + Tenant.A.id("server/load-120"));
            screens.page().locator("main h1").waitFor();
            return screens.link("Jobs of this VM").isVisible();
        });
        screens.link("Jobs of this VM").click();
        assertThat(screens.link("Open restore of load-120")).isVisible();
    }

    @Test
    void aFailureIsShownInTheCloudsWordsWithWhatItLeftBehind() {
        WizardSystem.cloud()
                .faults()
                .once("^doomed-by-hand$", new Fault.ServerFails(Fault.Stage.ABORT, "Disk of the hypervisor is full"));
        Screens screens = configure(User.ADMIN, "tenant-a", "app-1")
                .nameIt("doomed-by-hand")
                .generatePlan()
                .execute()
                .awaitStatus("FAILED");
        Page page = screens.page();

        assertThat(page.locator("[data-outcome=FAILED]")).containsText("Disk of the hypervisor is full");
        assertThat(page.locator("[data-outcome=FAILED]")).containsText("req-");
        assertThat(page.locator("[data-step=wait_active] .failure")).containsText("Disk of the hypervisor is full");
        assertThat(page.locator("[data-step=rollback_server]")).hasAttribute("data-status", "COMPLETED");
        String volume = WizardSystem.cloud().volumes().stream()
                .filter(candidate -> candidate.spec().metadata().toString().contains(screens.jobId()))
                .findFirst()
                .orElseThrow()
                .id();
        assertThat(page.locator(".leftovers")).containsText(volume);
        assertThat(page.locator(".next-actions code"))
                .hasText(Pattern.compile("openstack --os-project-id \\w+ volume delete " + volume));
        assertThat(servers()).doesNotContain("doomed-by-hand");
    }

    @Test
    void aRestoreIsCancelledWithAReasonThatOthersSee() {
        WizardSystem.cloud().faults().once("^stuck-by-hand$", new Fault.ServerStuck());
        Screens screens = configure(User.ADMIN, "tenant-a", "app-1")
                .nameIt("stuck-by-hand")
                .generatePlan()
                .execute()
                .awaitStep("wait_active", "RUNNING");
        Page page = screens.page();

        screens.button("Cancel restore").click();
        screens.button("Keep it").click();
        assertThat(page.getByLabel("Reason (optional)")).isHidden();
        screens.button("Cancel restore").click();
        page.getByLabel("Reason (optional)").fill("wrong snapshot");
        page.locator("dialog").getByText("Cancel restore").click();
        screens.awaitStatus("CANCELLED");

        assertThat(page.locator("[data-outcome=CANCELLED]")).containsText("wrong snapshot");
        assertThat(page.locator("[data-outcome=CANCELLED]")).containsText(User.ADMIN.username());
        assertThat(servers()).doesNotContain("stuck-by-hand");
    }

    @Test
    void aPlanThatCannotBeExecutedSaysWhy() {
        Screens screens = configure(User.SUPERADMIN, "tenant-c", "locked-1")
                .choose("REPLACE: in place of the original")
                .generatePlan();

        assertThat(screens.text("This plan cannot be executed")).isVisible();
        assertThat(screens.page().locator(".notice.tone-bad")).containsText("locked");
        assertThat(screens.button("Delete and restore")).hasCount(0);

        screens.button("Discard plan").click();
        assertThat(screens.heading("Discard this plan?")).isVisible();
        screens.page().locator("dialog").getByText("Discard plan").click();
        screens.awaitStatus("CANCELLED");
    }

    @Test
    void everythingCanBeDoneWithTheKeyboard() {
        Page page = WIZARD.page();
        Screens screens = new Screens(page).open("/ui/");
        page.getByLabel("User name").waitFor();

        page.keyboard().type(User.ADMIN.username());
        page.keyboard().press("Tab");
        page.keyboard().type(User.ADMIN.password());
        page.keyboard().press("Enter");
        page.getByLabel("Project").waitFor();
        page.getByLabel("Project").focus();
        page.keyboard().type("tenant-a");
        screens.link("Restore db-1").waitFor();
        assertThat(page.getByLabel("Project")).isFocused();
        page.keyboard().press("Tab");
        assertThat(page.getByLabel("Search")).isFocused();
        page.keyboard().type("db-1");
        page.keyboard().press("ArrowDown");
        assertThat(screens.link("Restore db-1")).isFocused();
        page.keyboard().press("Enter");
        assertThat(screens.heading("Restore db-1")).isVisible();
        screens.button("Generate plan").focus();
        page.keyboard().press("Enter");
        screens.awaitStatus("PLANNED");
        screens.button("Execute").focus();
        page.keyboard().press("Enter");

        screens.awaitStatus("COMPLETED");
    }

    @Test
    void aNameThatLooksLikeHtmlIsShownAsText() {
        String name = "<img src=x onerror=alert(1)>";
        Screens screens =
                configure(User.ADMIN, "tenant-a", "app-1").nameIt(name).generatePlan();

        assertThat(screens.page().locator(".meta")).containsText(name);
        assertThat(screens.page().locator("main img")).hasCount(0);
    }

    private static Screens configure(User user, String project, String vm) {
        return new Screens(WIZARD.page())
                .open("/ui/")
                .signIn(user)
                .chooseProject(project)
                .chooseVm(vm);
    }

    private static List<String> servers() {
        return WizardSystem.cloud().servers().stream().map(Server::name).toList();
    }
}
