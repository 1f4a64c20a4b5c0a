package io.vmrestore.standalone.wizard;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A browser for the tests of a class. A test fails when a page logs an error, breaks the content security policy or
 * throws; without Chromium the tests are skipped with the remedy, but fail where {@code CI} is true.
 */
final class Wizard implements ExecutionCondition, BeforeAllCallback, AfterEachCallback, AfterAllCallback {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** Tells in the console, where all else that goes wrong is told, what the policy forbade. */
    private static final String WATCH_POLICY = """
        document.addEventListener("securitypolicyviolation", (violation) =>
          console.error(`Content security policy: ${violation.violatedDirective} ${violation.blockedURI}`))\
        """;
    /** What the browser itself logs for every answer from 400 on. */
    private static final String FAILED_LOAD = "Failed to load resource";

    private final List<String> errors = new CopyOnWriteArrayList<>();
    private final List<BrowserContext> contexts = new ArrayList<>();
    private @Nullable Chromium chromium;
    private boolean failedLoadsExpected;

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (Chromium.find().isPresent() || "true".equals(System.getenv("CI"))) {
            return ConditionEvaluationResult.enabled("There is a browser, or there must be one");
        }
        System.err.println(Chromium.REMEDY);
        return ConditionEvaluationResult.disabled(Chromium.REMEDY);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        chromium = Chromium.launch(Chromium.find().orElseThrow(() -> new AssertionError(Chromium.REMEDY)));
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE.toMillis());
    }

    @Override
    public void afterEach(ExtensionContext context) {
        contexts.forEach(BrowserContext::close);
        contexts.clear();
        List<String> told = List.copyOf(errors);
        errors.clear();
        boolean expected = failedLoadsExpected;
        failedLoadsExpected = false;
        assertThat(told)
                .as("errors in the browser")
                .filteredOn(error -> !expected || !error.startsWith(FAILED_LOAD))
                .isEmpty();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (chromium != null) {
            chromium.close();
        }
    }

    /** Answers from 400 on, which the browser logs by itself, are part of this test. */
    void expectFailedLoads() {
        failedLoadsExpected = true;
    }

    /** A page of a browser that knows nobody yet, at a desktop's size. */
    Page page() {
        return page(new Browser.NewContextOptions().setViewportSize(1280, 900));
    }

    Page page(Browser.NewContextOptions options) {
        BrowserContext context = context(options);
        return watched(context.newPage());
    }

    /** A browser's window of its own: nothing is shared with others. */
    BrowserContext context(Browser.NewContextOptions options) {
        BrowserContext context =
                Objects.requireNonNull(chromium, "before all tests").browser().newContext(options);
        context.setDefaultTimeout(PATIENCE.toMillis());
        context.addInitScript(WATCH_POLICY);
        contexts.add(context);
        return context;
    }

    /** Watches a page that a test opened by itself. */
    Page watched(Page page) {
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                errors.add(message.text() + " at " + message.location());
            }
        });
        page.onPageError(errors::add);
        return page;
    }
}
