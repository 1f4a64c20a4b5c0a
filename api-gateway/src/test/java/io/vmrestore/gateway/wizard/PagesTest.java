package io.vmrestore.gateway.wizard;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.gateway.testing.SharedGateway;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;

/** How the wizard's files are served; what they do is tested in a browser, by standalone. */
class PagesTest {
    private static final Pattern LINK = Pattern.compile("(?:href|src)=\"(/ui/assets/[^\"]+)\"");
    private static final Pattern IMPORT = Pattern.compile("from \"(\\.[^\"]+)\"");
    /** What people read begins with a capital letter and has a second word; names of classes and fields do not. */
    private static final Pattern SENTENCE = Pattern.compile("[\"`][A-Z][a-z]+[,:]? [a-z]+");

    @Test
    void theRootLeadsToTheWizard() {
        get("/").expectStatus().isTemporaryRedirect().expectHeader().location("/ui/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/ui/", "/ui/vms", "/ui/jobs", "/ui/jobs/019aac3e-77a0-7c3b-9d0e-5f1c2b3a4d5e", "/ui/no/such"})
    void everyPlaceIsThePageWithoutAToken(String place) {
        EntityExchangeResult<byte[]> answer = get(place + "?status=RUNNING")
                .expectStatus()
                .isOk()
                .expectHeader()
                .contentTypeCompatibleWith(MediaType.TEXT_HTML)
                .expectHeader()
                .valueEquals(HttpHeaders.CACHE_CONTROL, "no-cache")
                .expectBody()
                .returnResult();

        assertThat(text(answer)).contains("<div id=\"app\">").doesNotContain("@version@", "<!-- modules -->");
    }

    @Test
    void allowsNothingButFilesOfTheGateway() {
        String policy = Objects.requireNonNull(get("/ui/")
                .expectStatus()
                .isOk()
                .expectBody()
                .returnResult()
                .getResponseHeaders()
                .getFirst("Content-Security-Policy"));

        assertThat(policy)
                .contains(
                        "default-src 'none'",
                        "script-src 'self'",
                        "style-src 'self'",
                        "frame-ancestors 'none'",
                        "base-uri 'none'",
                        "require-trusted-types-for 'script'",
                        "trusted-types 'none'")
                .doesNotContain("unsafe", "http:", "https:", "data:", "*");
        assertThat(index()).doesNotContain("http://", "https://", "style=", "onclick", "<style");
    }

    @Test
    void everyFileIsThereAndMayBeKeptForever() {
        List<String> files =
                LINK.matcher(index()).results().map(match -> match.group(1)).toList();

        assertThat(files).hasSizeGreaterThan(20);
        for (String file : files) {
            get(file)
                    .expectStatus()
                    .isOk()
                    .expectHeader()
                    .valueEquals(HttpHeaders.CACHE_CONTROL, "max-age=31536000, public, immutable")
                    .expectHeader()
                    .exists(HttpHeaders.ETAG);
        }
    }

    @Test
    void everyModuleThatAnotherImportsIsThere() {
        PageFiles files = PageFiles.in("classpath:/pages/");

        files.contents().forEach((path, content) -> {
            if (path.endsWith(".js") && !path.startsWith("lib/")) {
                IMPORT.matcher(new String(content, StandardCharsets.UTF_8))
                        .results()
                        .map(match -> Path.of(path)
                                .resolveSibling(match.group(1))
                                .normalize()
                                .toString())
                        .forEach(imported -> assertThat(files.content(imported))
                                .as("%s imports %s", path, imported)
                                .isNotNull());
            }
        });
    }

    @Test
    void noModuleTurnsTextIntoHtmlOrCode() {
        PageFiles.in("classpath:/pages/").contents().forEach((path, content) -> {
            if (path.endsWith(".js") && !path.startsWith("lib/")) {
                assertThat(new String(content, StandardCharsets.UTF_8))
                        .as(path)
                        .startsWith("//")
                        .doesNotContain("innerHTML", "outerHTML", "insertAdjacentHTML", "eval(", "new Function");
            }
        });
    }

    @Test
    void everyTextIsInTheFilesOfTexts() {
        PageFiles.in("classpath:/pages/").contents().forEach((path, content) -> {
            if (path.endsWith(".js") && !path.startsWith("lib/") && !path.matches("texts(/.+)?\\.js")) {
                assertThat(new String(content, StandardCharsets.UTF_8).lines())
                        .as(path)
                        .filteredOn(line -> !line.stripLeading().startsWith("//"))
                        .noneMatch(line -> SENTENCE.matcher(line).find());
            }
        });
    }

    @Test
    void anUnchangedPageCostsNoBody() {
        String tag = Objects.requireNonNull(
                get("/ui/").expectBody().returnResult().getResponseHeaders().getETag());

        SharedGateway.anonymous()
                .get()
                .uri("/ui/jobs")
                .header(HttpHeaders.IF_NONE_MATCH, tag)
                .exchange()
                .expectStatus()
                .isNotModified();
    }

    @Test
    void filesOfAnotherVersionAreServedButNotKept() {
        get("/ui/assets/0000000000000000/main.js")
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals(HttpHeaders.CACHE_CONTROL, "no-cache");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/ui/assets/0000000000000000/no-such.js",
                "/ui/assets/0000000000000000/index.html",
                "/ui/assets/0000000000000000/%2e%2e/api-gateway.yml",
                "/no-such",
                "/auth/no-such",
                "/openapi"
            })
    void whatIsNotThereStaysAProblem(String path) {
        SharedGateway.anonymous()
                .get()
                .uri(URI.create("http://127.0.0.1:" + SharedGateway.GATEWAY.port() + path))
                .header(HttpHeaders.ACCEPT, "text/html")
                .exchange()
                .expectStatus()
                .value(status -> assertThat(status).isBetween(400, 404));
    }

    @Test
    void theApiStaysClosed() {
        get("/restore/jobs").expectStatus().isUnauthorized();
        get("/restore/no-such").expectStatus().isUnauthorized();
    }

    private static String index() {
        return text(get("/ui/").expectBody().returnResult());
    }

    private static String text(EntityExchangeResult<byte[]> answer) {
        return new String(Objects.requireNonNull(answer.getResponseBody()), StandardCharsets.UTF_8);
    }

    private static WebTestClient.ResponseSpec get(String path) {
        return SharedGateway.anonymous().get().uri(path).exchange();
    }
}
