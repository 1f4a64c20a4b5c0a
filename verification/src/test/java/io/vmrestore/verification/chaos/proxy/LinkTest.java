package io.vmrestore.verification.chaos.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A link before a server that says back what it is told. */
class LinkTest {
    private static final int LIMIT = 20_000;
    private static final int NOT_IN_TIME = 150;

    private ServerSocket echo;
    private Link link;

    @BeforeEach
    void open() throws IOException {
        echo = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
        link = Link.open("test", 0, echo.getLocalPort());
    }

    @AfterEach
    void close() throws IOException {
        link.close();
        echo.close();
    }

    @Test
    void letsEverythingThrough() throws IOException {
        try (Socket client = connect()) {
            assertThat(said(client, 7)).isEqualTo(7);
        }
    }

    @Test
    void cutEndsWhatIsOpenAndWhatComesUntilItIsHealed() throws IOException {
        try (Socket client = connect()) {
            assertThat(said(client, 1)).isEqualTo(1);

            link.cut();

            assertThat(ends(client)).isTrue();
        }
        try (Socket another = connect()) {
            assertThat(ends(another)).isTrue();
        }
        link.heal();
        try (Socket client = connect()) {
            assertThat(said(client, 2)).isEqualTo(2);
        }
    }

    @Test
    void frozenHoldsEverythingBackAndEndsNothing() throws IOException {
        try (Socket client = connect()) {
            assertThat(said(client, 1)).isEqualTo(1);

            link.freeze();
            client.getOutputStream().write(5);
            client.setSoTimeout(NOT_IN_TIME);
            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);

            link.heal();
            client.setSoTimeout(LIMIT);
            assertThat(client.getInputStream().read()).isEqualTo(5);
        }
    }

    @Test
    void frozenCanBeCut() throws IOException {
        try (Socket client = connect()) {
            link.freeze();
            client.getOutputStream().write(5);

            link.cut();

            assertThat(ends(client)).isTrue();
        }
    }

    @Test
    void slowHoldsEachPieceBackInBothDirections() throws IOException {
        try (Socket client = connect()) {
            assertThat(said(client, 1)).isEqualTo(1);
            link.slow(Duration.ofMillis(100));

            long begin = System.nanoTime();
            assertThat(said(client, 2)).isEqualTo(2);

            assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(200));
        }
    }

    @Test
    void showsTheClientThatTheServerHasGoneAndTheNextOneToItAgain() throws IOException {
        int port = echo.getLocalPort();
        echo.close();
        try (Socket client = connect()) {
            assertThat(ends(client)).isTrue();
        }
        echo = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
        try (Socket client = connect()) {
            assertThat(said(client, 3)).isEqualTo(3);
        }
    }

    private Socket connect() throws IOException {
        Socket client = new Socket(InetAddress.getLoopbackAddress(), link.port());
        client.setSoTimeout(LIMIT);
        return client;
    }

    private static int said(Socket client, int what) throws IOException {
        client.getOutputStream().write(what);
        return client.getInputStream().read();
    }

    /** Whether the connection has ended, by end of stream or by reset. */
    private static boolean ends(Socket client) {
        try {
            return client.getInputStream().read() < 0;
        } catch (SocketTimeoutException open) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    private void serve() {
        ServerSocket listener = echo;
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Thread.ofVirtual().start(() -> echo(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static void echo(Socket client) {
        try (client;
                InputStream in = client.getInputStream()) {
            in.transferTo(client.getOutputStream());
        } catch (IOException ended) {
            // The client has gone.
        }
    }
}
