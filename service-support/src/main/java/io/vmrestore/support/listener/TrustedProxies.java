package io.vmrestore.support.listener;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * The proxies in front of a listener, whose word about a client's address is taken. A header that anybody else sends
 * counts for nothing: it could be invented to escape a limit, or to use up another's.
 */
public final class TrustedProxies {
    /** The header that most proxies write. */
    public static final String X_FORWARDED_FOR = "X-Forwarded-For";

    /** The header of RFC 7239. */
    public static final String FORWARDED = "Forwarded";

    /** {@code for=} of RFC 7239, with or without quotes. */
    private static final Pattern FOR = Pattern.compile("(?:^|;)\\s*for=\"?([^\";]*)\"?");

    private static final int ANY_PORT = 1;

    private final List<IpSubnetFilterRule> networks;

    private TrustedProxies(List<IpSubnetFilterRule> networks) {
        this.networks = networks;
    }

    /**
     * Reads {@code RESTORE_TRUSTED_PROXIES}.
     *
     * @param setting addresses and networks such as {@code 10.0.0.0/8, 192.0.2.7, fd00::/8}; blank for none
     * @throws IllegalArgumentException naming what is neither
     */
    public static TrustedProxies of(String setting) {
        List<IpSubnetFilterRule> networks = new ArrayList<>();
        for (String entry : setting.isBlank() ? new String[0] : setting.split(",", -1)) {
            networks.add(network(entry.strip()));
        }
        return new TrustedProxies(List.copyOf(networks));
    }

    private static IpSubnetFilterRule network(String entry) {
        int slash = entry.indexOf('/');
        @Nullable InetAddress address = address(slash < 0 ? entry : entry.substring(0, slash));
        try {
            if (address != null) {
                int bits = 8 * address.getAddress().length;
                int prefix = slash < 0 ? bits : Integer.parseInt(entry.substring(slash + 1));
                if (prefix >= 0 && prefix <= bits) {
                    return new IpSubnetFilterRule(address, prefix, IpFilterRuleType.ACCEPT);
                }
            }
        } catch (NumberFormatException notANumber) {
            // Said below.
        }
        throw new IllegalArgumentException("RESTORE_TRUSTED_PROXIES has '" + entry
                + "', which is neither an address nor a network such as 10.0.0.0/8");
    }

    /** Whether this is the address of one of them. */
    boolean include(InetAddress address) {
        InetSocketAddress remote = new InetSocketAddress(address, ANY_PORT);
        return networks.stream().anyMatch(network -> network.matches(remote));
    }

    /**
     * The address of the client: the peer's own unless it is a trusted proxy; then the last one that its header names
     * and that is no trusted proxy itself.
     *
     * @param peer who has connected
     * @param forwardedFor the values of {@code X-Forwarded-For}
     * @param forwarded the values of {@code Forwarded}
     */
    public InetAddress client(InetAddress peer, List<String> forwardedFor, List<String> forwarded) {
        if (networks.isEmpty() || !include(peer)) {
            return peer;
        }
        InetAddress byList = lastUntrusted(peer, elements(forwardedFor));
        InetAddress byStandard = lastUntrusted(
                peer, elements(forwarded).stream().map(TrustedProxies::ofFor).toList());
        if (forwarded.isEmpty()) {
            return byList;
        }
        // A proxy that writes the one header passes the other on as the client sent it. Where they differ, neither
        // counts.
        return forwardedFor.isEmpty() || byList.equals(byStandard) ? byStandard : peer;
    }

    /** The same of a request that the application has. */
    public InetAddress client(ServerHttpRequest request) {
        InetSocketAddress remote = request.getRemoteAddress();
        return client(
                remote == null ? InetAddress.getLoopbackAddress() : remote.getAddress(),
                request.getHeaders().getOrEmpty(X_FORWARDED_FOR),
                request.getHeaders().getOrEmpty(FORWARDED));
    }

    private static List<String> elements(List<String> values) {
        return values.stream()
                .flatMap(value -> List.of(value.split(",", -1)).stream())
                .map(String::strip)
                .toList();
    }

    private InetAddress lastUntrusted(InetAddress peer, List<String> hops) {
        InetAddress last = peer;
        for (int index = hops.size() - 1; index >= 0; index--) {
            @Nullable InetAddress hop = address(withoutPort(hops.get(index)));
            if (hop == null) {
                return last;
            }
            last = hop;
            if (!include(hop)) {
                return last;
            }
        }
        return last;
    }

    private static String ofFor(String element) {
        Matcher matcher = FOR.matcher(element.toLowerCase(Locale.ROOT));
        return matcher.find() ? matcher.group(1) : "";
    }

    private static String withoutPort(String node) {
        if (node.startsWith("[")) {
            return node.substring(1, Math.max(1, node.indexOf(']')));
        }
        int colon = node.indexOf(':');
        return colon >= 0 && colon == node.lastIndexOf(':') ? node.substring(0, colon) : node;
    }

    /** Null if the text is no address; no name is ever looked up. */
    private static @Nullable InetAddress address(String text) {
        byte @Nullable [] bytes = NetUtil.createByteArrayFromIpAddressString(text);
        try {
            return bytes == null ? null : InetAddress.getByAddress(bytes);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("Netty makes addresses of 4 or 16 bytes", impossible);
        }
    }
}
