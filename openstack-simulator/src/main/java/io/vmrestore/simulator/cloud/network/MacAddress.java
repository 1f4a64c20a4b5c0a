package io.vmrestore.simulator.cloud.network;

import java.math.BigInteger;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** MAC addresses as text, lower case with colons. */
public final class MacAddress {
    private static final Pattern FORM = Pattern.compile("([0-9a-fA-F]{2}:){5}[0-9a-fA-F]{2}");

    private MacAddress() {}

    public static boolean isValid(String text) {
        return FORM.matcher(text).matches();
    }

    /** A random address with OpenStack's prefix. */
    public static String random(RandomGenerator random) {
        int tail = random.nextInt(1 << 24);
        return String.format("fa:16:3e:%02x:%02x:%02x", tail >> 16, tail >> 8 & 255, tail & 255);
    }

    /** The lower 64 bits of the address that IPv6 autoconfiguration makes of a MAC. */
    static BigInteger interfaceId(String mac) {
        byte[] six = HexFormat.ofDelimiter(":").parseHex(mac);
        byte[] eight = {(byte) (six[0] ^ 2), six[1], six[2], (byte) 0xff, (byte) 0xfe, six[3], six[4], six[5]};
        return new BigInteger(1, eight);
    }
}
