package io.vmrestore.verification.processes;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;

/**
 * Free TCP ports of the loopback address, from below the range from which systems take those of outgoing connections:
 * otherwise one of these could take a port while the process that it belongs to is being restarted.
 */
public final class Ports {
    private static final int LOWEST = 15_000;
    private static final int HIGHEST = 32_000;

    private final Random random = new SecureRandom();
    private final Set<Integer> given = new HashSet<>();

    /** A port that is free and was not given before. */
    public int next() {
        while (true) {
            int port = random.nextInt(LOWEST, HIGHEST);
            if (free(port) && given.add(port)) {
                return port;
            }
        }
    }

    private static boolean free(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1);
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
