package io.vmrestore.standalone.wizard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.SelectOption;

/** What a person does on the wizard's screens, by the names that a screen reader tells. */
final class Screens {
    private final Page page;
    private final String url;

    Screens(Page page) {
        this(page, WizardSystem.url());
    }

    Screens(Page page, String url) {
        this.page = page;
        this.url = url;
    }

    Page page() {
        return page;
    }

    /** Opens a path of the wizard, such as {@code /ui/jobs}. */
    Screens open(String path) {
        page.navigate(url + path);
        return this;
    }

    /** Fills in the form that is on the page and waits until it is gone. */
    Screens signIn(User user) {
        trySignIn(user.username(), user.password());
        assertThat(page.locator(".account-button")).isVisible();
        return this;
    }

    Screens trySignIn(String username, String password) {
        page.getByLabel("User name").fill(username);
        page.locator("input[name=password]").fill(password);
        button("Sign in").click();
        return this;
    }

    Screens chooseProject(String name) {
        page.getByLabel("Project").selectOption(new SelectOption().setLabel(name));
        return this;
    }

    Screens chooseVm(String name) {
        link("Restore " + name).click();
        assertThat(heading("Restore " + name)).isVisible();
        return this;
    }

    Screens choose(String option) {
        page.getByRole(AriaRole.RADIO, new Page.GetByRoleOptions().setName(option))
                .check();
        return this;
    }

    Screens nameIt(String name) {
        page.getByLabel("Name of the restored VM").fill(name);
        return this;
    }

    /** Asks for the plan and waits for it. */
    Screens generatePlan() {
        button("Generate plan").click();
        return awaitStatus("PLANNED");
    }

    Screens execute() {
        button("Execute").click();
        return this;
    }

    /** Waits until the job on the page has a status. */
    Screens awaitStatus(String status) {
        assertThat(page.locator("[data-job-status]")).hasAttribute("data-job-status", status);
        return this;
    }

    /** Waits until a step of the job on the page has a status. */
    Screens awaitStep(String action, String status) {
        assertThat(page.locator("[data-step=" + action + "]").first()).hasAttribute("data-status", status);
        return this;
    }

    /** The id of the job on the page. */
    String jobId() {
        return page.url().substring(page.url().lastIndexOf('/') + 1);
    }

    Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    Locator link(String name) {
        return page.getByRole(
                AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    Locator heading(String name) {
        return page.getByRole(
                AriaRole.HEADING, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    Locator text(String words) {
        return page.getByText(words);
    }
}
