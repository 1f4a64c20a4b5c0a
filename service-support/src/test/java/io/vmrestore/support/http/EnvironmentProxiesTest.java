package io.vmrestore.support.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentProxiesTest {

    private static final Map<String, String> BOTH = Map.of("HTTP_PROXY", "one:1", "https_proxy", "http://two:2/");

    @ParameterizedTest
    @CsvSource({
        "http://cloud.example.com/, '', one:1",
        "https://cloud.example.com/, '', two:2",
        "http://localhost:5000/, '', direct",
        "https://127.0.0.1:5000/, '', direct",
        "http://[::1]:5000/, '', direct",
        "http://cloud.example.com/, *, direct",
        "http://cloud.example.com/, cloud.example.com, direct",
        "http://cloud.example.com/, 'a, EXAMPLE.com', direct",
        "http://cloud.example.com/, .example.com, direct",
        "http://cloud.example.com/, *.example.com, direct",
        "http://cloud.example.com/, 'other.com example.com', direct",
        "http://cloud.example.com/, ample.com, one:1",
        "http://cloud.example.com:5000/, cloud.example.com:5000, direct",
        "http://cloud.example.com:9696/, cloud.example.com:5000, one:1",
        "http://10.0.0.1/, 10.0.0.1, direct",
        "http://10.0.0.1/, 10.0.0.0/8, one:1"
    })
    void areChosenAsCurlDoes(String url, String except, String expected) {
        Map<String, String> environment = new java.util.HashMap<>(BOTH);
        environment.put("no_proxy", except);
        assertThat(chosen(environment, url)).isEqualTo(expected);
    }

    @Test
    void lowerCaseGoesFirstAndNothingMeansDirect() {
        assertThat(chosen(Map.of("HTTP_PROXY", "one:1", "http_proxy", "two:2"), "http://a/"))
                .isEqualTo("two:2");
        assertThat(chosen(Map.of(), "http://a/")).isEqualTo("direct");
        assertThat(chosen(Map.of("HTTP_PROXY", " "), "http://a/")).isEqualTo("direct");
    }

    @Test
    void whatCannotBeUsedIsRefusedWithoutThePassword() {
        assertThatThrownBy(() -> new EnvironmentProxies(Map.of("HTTPS_PROXY", "http://u:hidden@p:1")))
                .hasMessageStartingWith("HTTPS_PROXY has a user name in it")
                .hasMessageNotContaining("hidden");
        assertThatThrownBy(() -> new EnvironmentProxies(Map.of("HTTP_PROXY", "socks5://p:1")))
                .hasMessageStartingWith("HTTP_PROXY is 'socks5://p:1': it must be a URL such as");
        assertThatThrownBy(() -> new EnvironmentProxies(Map.of("HTTP_PROXY", "http://a b")))
                .hasMessageStartingWith("HTTP_PROXY is no URL");
    }

    private static String chosen(Map<String, String> environment, String url) {
        Object address = new EnvironmentProxies(environment)
                .select(URI.create(url))
                .getFirst()
                .address();
        return address instanceof java.net.InetSocketAddress proxy
                ? proxy.getHostString() + ":" + proxy.getPort()
                : "direct";
    }
}
