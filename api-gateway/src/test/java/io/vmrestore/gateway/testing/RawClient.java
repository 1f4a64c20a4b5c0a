package io.vmrestore.gateway.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/** A client that sends what no library would, byte by byte. */
public final class RawClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 30_000;

    private final Socket socket = new Socket();

    /** Connects from this machine to this port. */
    public RawClient(int port) {
        this(port, "127.0.0.1", 0);
    }

    /**
     * Connects from another of this machine's loopback addresses.
     *
     * @param receiveBuffer bytes that the system takes for this client before it reads; 0: as the system likes
     */
    public RawClient(int port, String from, int receiveBuffer) {
        try {
            if (receiveBuffer > 0) {
                socket.setReceiveBufferSize(receiveBuffer);
            }
            socket.bind(new InetSocketAddress(from, 0));
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
        } catch (IOException e) {
            close();
            throw new IllegalStateException(e);
        }
    }

    /** Whether it could be sent; not so if the other side has closed. */
    public boolean send(String text) {
        return send(text.getBytes(ISO_8859_1));
    }

    public boolean send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            return true;
        } catch (IOException closed) {
            return false;
        }
    }

    /** Tells the other side that nothing more comes. */
    public void endSending() {
        try {
            socket.shutdownOutput();
        } catch (IOException closed) {
            // It is the other side that ended.
        }
    }

    /** What comes until this text, or until the end of the connection. */
    public String readUntil(String text) {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        try {
            InputStream input = socket.getInputStream();
            for (int next = input.read(); next >= 0; next = input.read()) {
                read.write(next);
                if (read.toString(UTF_8).endsWith(text)) {
                    break;
                }
            }
        } catch (IOException reset) {
            // A connection that is reset has ended as well.
        }
        return read.toString(UTF_8);
    }

    /** What comes until the other side ends the connection, which it must within this time. */
    public String readToEnd(Duration within) {
        try {
            socket.setSoTimeout((int) within.toMillis());
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        } catch (java.net.SocketTimeoutException open) {
            throw new AssertionError("The connection is still open after " + within, open);
        } catch (IOException reset) {
            return "";
        }
    }

    /** Sends a request and gives the whole answer. */
    public static String exchange(int port, String request) {
        try (RawClient client = new RawClient(port)) {
            client.send(request);
            return client.readToEnd(Duration.ofMillis(PATIENCE_MILLIS));
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException gone) {
            throw new IllegalStateException(gone);
        }
    }
}
