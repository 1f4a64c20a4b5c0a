package io.vmrestore.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Finds and checks TCP ports before a server is asked to listen on them. */
final class LoopbackPorts {
    private LoopbackPorts() {}

    /** Returns a port that was free a moment ago. */
    static int free() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("No free TCP port on the loopback address", e);
        }
    }

    /**
     * Checks that nothing listens on a port yet: Kafka and PostgreSQL report that only deep in their logs.
     *
     * @throws EmbeddedStartException if the port cannot be bound
     */
    static void requireFree(String server, String host, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(host, port), 1);
        } catch (IOException e) {
            throw new EmbeddedStartException(
                    "%s cannot listen on %s:%d (%s). End the process that uses the port, or set another port; 0 chooses a free one."
                            .formatted(server, host, port, e.getMessage()),
                    e);
        }
    }
}
