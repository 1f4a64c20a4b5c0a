package io.vmrestore.simulator.cloud.network;

import java.math.BigInteger;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** An IPv4 or IPv6 address as a number; its text is the canonical one (RFC 5952 for IPv6). */
public record IpAddress(int version, BigInteger value) implements Comparable<IpAddress> {

    /** Reads a literal address; empty: it is none. */
    public static Optional<IpAddress> parse(String text) {
        try {
            InetAddress address = InetAddress.ofLiteral(text);
            int version = address instanceof Inet4Address ? 4 : 6;
            boolean shortForm =
                    version == 4 && text.chars().filter(c -> c == '.').count() != 3;
            return shortForm
                    ? Optional.empty()
                    : Optional.of(new IpAddress(version, new BigInteger(1, address.getAddress())));
        } catch (IllegalArgumentException notAnAddress) {
            return Optional.empty();
        }
    }

    /** Reads an address that is known to be valid. */
    public static IpAddress of(String text) {
        return parse(text).orElseThrow(() -> new IllegalArgumentException("'" + text + "' is not an IP address"));
    }

    public int bits() {
        return version == 4 ? 32 : 128;
    }

    public IpAddress plus(BigInteger offset) {
        return new IpAddress(version, value.add(offset));
    }

    @Override
    public int compareTo(IpAddress other) {
        return version == other.version ? value.compareTo(other.value) : Integer.compare(version, other.version);
    }

    @Override
    public String toString() {
        return version == 4 ? dotted(value.intValue()) : compressed(groups());
    }

    private static String dotted(int bits) {
        return (bits >>> 24) + "." + (bits >>> 16 & 255) + "." + (bits >>> 8 & 255) + "." + (bits & 255);
    }

    private int[] groups() {
        int[] groups = new int[8];
        for (int i = 0; i < 8; i++) {
            groups[i] = value.shiftRight(16 * (7 - i)).intValue() & 0xffff;
        }
        return groups;
    }

    private static String compressed(int[] groups) {
        int bestStart = -1;
        int bestLength = 1;
        for (int start = 0; start < 8; start++) {
            int end = start;
            while (end < 8 && groups[end] == 0) {
                end++;
            }
            if (end - start > bestLength) {
                bestStart = start;
                bestLength = end - start;
            }
        }
        if (bestStart < 0) {
            return joined(groups, 0, 8);
        }
        return joined(groups, 0, bestStart) + "::" + joined(groups, bestStart + bestLength, 8);
    }

    private static String joined(int[] groups, int from, int to) {
        return String.join(
                ":",
                Arrays.stream(groups, from, to)
                        .mapToObj(group -> Integer.toHexString(group).toLowerCase(Locale.ROOT))
                        .toList());
    }
}
