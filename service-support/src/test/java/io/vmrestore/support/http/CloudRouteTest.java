package io.vmrestore.support.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vmrestore.common.connection.TlsFault;
import io.vmrestore.common.time.Chance;
import io.vmrestore.common.time.TimeSource;
import io.vmrestore.openstack.OpenStack;
import io.vmrestore.openstack.failure.CloudException;
import io.vmrestore.openstack.settings.CloudSettings;
import io.vmrestore.openstack.settings.Credentials;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.http.client.ReactorResourceFactory;

/** The cloud client and the gateway's client of Keystone meet the same certificates and proxies alike. */
class CloudRouteTest {

    private static final String[] HERE = {"-ext", "san=ip:127.0.0.1,dns:localhost"};
    private static final String REACHED = "where no Keystone answers";

    @TempDir
    private Path directory;

    private HttpServer server;

    @AfterEach
    void stop() {
        if (server != null) {
            server.stop(0);
        }
    }

    @Test
    void aCertificateOfAnUnknownIssuerIsToldAsSuch() throws Exception {
        String url = serves(certificate("unknown", HERE), false);
        said(
                url,
                "",
                "",
                "",
                "the certificate of " + host(url)
                        + " is not trusted (its issuer is not known here): set OS_CACERT to the issuer's certificate");
    }

    @Test
    void aCertificateOfTheFileIsTrusted() throws Exception {
        TestCertificate own = certificate("own", HERE);
        TestCertificate other = certificate("other", HERE);
        String url = serves(own, false);
        said(url, own.file(".pem", "# a comment: \u00e4\n" + other.pem() + own.pem()), "", "", REACHED);
        said(url, other.file("-other.pem", other.pem()), "", "", "is not trusted");
    }

    @Test
    void aCertificateOfAnotherNameIsToldAsSuch() throws Exception {
        TestCertificate other = certificate("elsewhere", "-ext", "san=dns:cloud.example.com");
        String url = serves(other, false);
        said(url, other.file(".pem", other.pem()), "", "", "the certificate of " + host(url) + " is for another name");
    }

    @Test
    void insecureTrustsEverybodyUnderEveryName() throws Exception {
        String url = serves(certificate("elsewhere", "-ext", "san=dns:cloud.example.com"), false);
        said(url, new TlsSettings("", "True", "", ""), REACHED);
    }

    @Test
    void aServerThatWantsAClientCertificateIsToldAsSuchAndGetsIt() throws Exception {
        TestCertificate both = certificate("both", HERE);
        String trusted = both.file(".pem", both.pem());
        String url = serves(both, true);
        said(url, trusted, "", "", "the server " + host(url) + " wants a client certificate");
        said(url, trusted, trusted, both.file(".key", both.pkcs8()), REACHED);
        said(url, trusted, trusted, both.file(".rsa", both.pkcs1()), REACHED);
        said(url, trusted, both.file("-both.pem", both.pkcs8() + both.pem()), "", REACHED);
    }

    @Test
    void aServerWithoutTlsIsToldAsSuch() throws Exception {
        try (ServerSocket plain = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread.startVirtualThread(() -> answerPlainly(plain));
            String url = "https://127.0.0.1:" + plain.getLocalPort();
            said(
                    url,
                    "",
                    "",
                    "",
                    "the server " + host(url) + " does not speak TLS: check whether the URL must begin with http");
        }
    }

    private static void answerPlainly(ServerSocket plain) {
        while (!plain.isClosed()) {
            try (Socket connection = plain.accept()) {
                connection.getInputStream().read();
                connection
                        .getOutputStream()
                        .write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n".getBytes(US_ASCII));
                connection.getOutputStream().flush();
                connection.shutdownOutput();
                connection.getInputStream().readAllBytes();
            } catch (IOException closed) {
                // The client has read enough, or the test is over.
            }
        }
    }

    @Test
    void theCloudIsAskedThroughTheProxyOfTheEnvironment() throws Exception {
        AtomicReference<String> asked = new AtomicReference<>();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.set(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        server.start();
        CloudRoute route = CloudRoute.of(
                new TlsSettings("", "", "", ""),
                Map.of("HTTP_PROXY", "http://127.0.0.1:" + server.getAddress().getPort()));
        assertThat(cloud("http://cloud.example.com:5000", route)).contains(REACHED);
        assertThat(asked.get()).isEqualTo("POST http://cloud.example.com:5000/v3/auth/tokens");
    }

    private TestCertificate certificate(String name, String... options) throws Exception {
        return TestCertificate.of(directory, name, "RSA", options);
    }

    private String serves(TestCertificate certificate, boolean wantsClient) throws Exception {
        SSLContext context = certificate.server(wantsClient);
        HttpsServer https = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        https.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters own = context.getDefaultSSLParameters();
                own.setNeedClientAuth(wantsClient);
                parameters.setSSLParameters(own);
            }
        });
        https.createContext("/", exchange -> {
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        https.start();
        server = https;
        return "https://127.0.0.1:" + https.getAddress().getPort();
    }

    private static String host(String url) {
        return URI.create(url).getAuthority();
    }

    private static void said(String url, String authorities, String certificate, String key, String text) {
        said(url, new TlsSettings(authorities, "", certificate, key), text);
    }

    private static void said(String url, TlsSettings settings, String text) {
        CloudRoute route = CloudRoute.of(settings, Map.of());
        assertThat(cloud(url, route)).contains(text).doesNotContain("no connection");
        if (!text.equals(REACHED)) {
            assertThat(gateway(url, route)).contains(text);
        } else {
            assertThat(gateway(url, route)).isEqualTo("404");
        }
    }

    private static String cloud(String url, CloudRoute route) {
        CloudSettings settings =
                CloudSettings.of(URI.create(url), new Credentials("u", "d", "p", "t", null, null), null);
        try (OpenStack client = OpenStack.connect(
                settings,
                route.tls(),
                route.proxies(),
                new SimpleMeterRegistry(),
                TimeSource.system(),
                Chance.system())) {
            client.admin().projectId();
            return "a token";
        } catch (CloudException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static String gateway(String url, CloudRoute route) {
        ReactorResourceFactory eventLoops = new ReactorResourceFactory();
        eventLoops.setUseGlobalResources(false);
        eventLoops.setShutdownQuietPeriod(Duration.ZERO);
        eventLoops.start();
        try {
            return new HttpClients(eventLoops)
                    .toCloud(url, Duration.ofSeconds(5), route)
                    .build()
                    .get()
                    .uri("/")
                    .exchangeToMono(answer -> answer.releaseBody()
                            .thenReturn(String.valueOf(answer.statusCode().value())))
                    .onErrorResume(error -> reactor.core.publisher.Mono.just(
                            TlsFault.of(error, host(url)).map(TlsFault::message).orElse(String.valueOf(error))))
                    .block(Duration.ofSeconds(10));
        } finally {
            eventLoops.stop();
        }
    }

    @Test
    void wrongFilesStopTheStartByTheNameOfTheVariable() throws Exception {
        TestCertificate one = certificate("one", HERE);
        TestCertificate two = certificate("two", HERE);
        String certificate = one.file(".pem", one.pem());
        String key = one.file(".key", one.pkcs8());
        refused(directory + "/none", "", "", "OS_CACERT is '" + directory + "/none': there is no such file");
        refused(directory.toString(), "", "", "OS_CACERT is '" + directory + "': it cannot be read as a file");
        refused(key, "", "", "OS_CACERT is '" + key + "': it holds no certificate in PEM form");
        refused("", certificate, "", "OS_CERT is '" + certificate + "': it holds no private key in PEM form");
        refused("", directory + "/none", key, "OS_CERT is '" + directory + "/none': there is no such file");
        refused("", certificate, certificate, "OS_KEY is '" + certificate + "': it holds no private key in PEM form");
        String other = two.file(".key", two.pkcs8());
        refused(
                "",
                certificate,
                other,
                "OS_KEY is '" + other + "': its private key does not belong to the first" + " certificate of OS_CERT, '"
                        + certificate + "'");
        String broken = one.file(".broken", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        refused(broken, "", "", "OS_CACERT is '" + broken + "': a certificate in it is damaged");
        refused("", "", key, "OS_KEY is set and OS_CERT is not");
        assertThatThrownBy(() -> new TlsSettings("", "perhaps", "", ""))
                .hasMessage("OS_INSECURE is 'perhaps': it must be true or false");
    }

    private static void refused(String authorities, String certificate, String key, String text) {
        assertThatThrownBy(() -> CloudRoute.of(new TlsSettings(authorities, "", certificate, key), Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(text);
    }
}
