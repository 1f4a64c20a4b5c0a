package io.vmrestore.support.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {
    private final TrustedProxies proxies = TrustedProxies.of("10.0.0.0/8, 192.0.2.7,fd00::/8");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // peer | X-Forwarded-For | Forwarded | client
                "203.0.113.9 | 198.51.100.1 | | 203.0.113.9",
                "10.1.2.3 | | | 10.1.2.3",
                "10.1.2.3 | 198.51.100.1 | | 198.51.100.1",
                "10.1.2.3 | 1.1.1.1, 198.51.100.1, 10.9.9.9 | | 198.51.100.1",
                "192.0.2.7 | 198.51.100.1:51234 | | 198.51.100.1",
                "fd00::1 | 2001:db8::5 | | 2001:db8::5",
                "fd00::1 | [2001:db8::5]:443 | | 2001:db8::5",
                "10.1.2.3 | 10.7.7.7 | | 10.7.7.7",
                "10.1.2.3 | nonsense | | 10.1.2.3",
                "10.1.2.3 | localhost | | 10.1.2.3",
                "10.1.2.3 | 198.51.100.1, unknown | | 10.1.2.3",
                "10.1.2.3 | | for=198.51.100.1;proto=https | 198.51.100.1",
                "10.1.2.3 | | for=1.1.1.1, For=\"[2001:db8::5]:4711\";by=10.1.2.3 | 2001:db8::5",
                "10.1.2.3 | | proto=https | 10.1.2.3",
                "10.1.2.3 | | for=_hidden | 10.1.2.3",
                "10.1.2.3 | 198.51.100.1 | for=198.51.100.1 | 198.51.100.1",
                "10.1.2.3 | 198.51.100.1 | for=198.51.100.2 | 10.1.2.3"
            })
    void tellTheClientBehindThem(String peer, String list, String standard, String client) throws Exception {
        assertThat(proxies.client(address(peer), values(list), values(standard)))
                .isEqualTo(address(client));
    }

    @Test
    void severalLinesOfAHeaderAreOneList() throws Exception {
        assertThat(proxies.client(address("10.1.2.3"), List.of("198.51.100.1", "198.51.100.2, 10.0.0.1"), List.of()))
                .isEqualTo(address("198.51.100.2"));
    }

    @Test
    void nobodyIsTrustedUnlessNamed() throws Exception {
        assertThat(TrustedProxies.of(" ").client(address("10.1.2.3"), List.of("198.51.100.1"), List.of()))
                .isEqualTo(address("10.1.2.3"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy.example.com", "10.0.0.0/33", "10.0.0.0/", "10.0.0/8", "::/129", "10.0.0.1,"})
    void whatIsNoNetworkIsNamed(String wrong) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TrustedProxies.of(wrong))
                .withMessageStartingWith("RESTORE_TRUSTED_PROXIES has '")
                .withMessageEndingWith("', which is neither an address nor a network such as 10.0.0.0/8");
    }

    private static List<String> values(String header) {
        return header == null ? List.of() : List.of(header);
    }

    private static InetAddress address(String text) throws UnknownHostException {
        return InetAddress.getByName(text);
    }
}
