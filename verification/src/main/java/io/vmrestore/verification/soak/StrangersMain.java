package io.vmrestore.verification.soak;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Main class of a client process: opens connections of each kind in turn, all at once, and waits until the other side
 * has ended them. Its last line tells how many it has.
 */
public final class StrangersMain {
    private static final int MILLIS_BETWEEN = 1_000;
    private static final int CONNECT_LIMIT_MILLIS = 60_000;
    private static final int SMALL_BUFFER = 4_096;

    private final int port;
    private final String address;
    private final long deadline;
    private final AtomicInteger ended = new AtomicInteger();

    private StrangersMain(int port, String address, Duration limit) {
        this.port = port;
        this.address = address;
        this.deadline = System.nanoTime() + limit.toNanos();
    }

    /** @param arguments port, number of connections, own loopback address, seconds to wait for their ends */
    public static void main(String[] arguments) throws InterruptedException {
        int number = Integer.parseInt(arguments[1]);
        StrangersMain strangers = new StrangersMain(
                Integer.parseInt(arguments[0]), arguments[2], Duration.ofSeconds(Long.parseLong(arguments[3])));
        CountDownLatch gone = new CountDownLatch(number);
        Stranger[] kinds = Stranger.values();
        for (int index = 0; index < number; index++) {
            Stranger kind = kinds[index % kinds.length];
            Thread.ofVirtual().start(() -> {
                strangers.connect(kind);
                gone.countDown();
            });
        }
        gone.await();
        System.out.println("attempted=" + number + " ended=" + strangers.ended.get());
    }

    private void connect(Stranger kind) {
        try (Socket socket = new Socket()) {
            if (!kind.reads()) {
                socket.setReceiveBufferSize(SMALL_BUFFER);
            }
            socket.bind(new InetSocketAddress(address, 0));
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_LIMIT_MILLIS);
            socket.setSoTimeout(MILLIS_BETWEEN);
            socket.getOutputStream().write(kind.first());
            while (System.nanoTime() < deadline) {
                if (kind.reads() && !stays(socket)) {
                    ended.incrementAndGet();
                    return;
                }
                if (!kind.reads()) {
                    TimeUnit.MILLISECONDS.sleep(MILLIS_BETWEEN);
                }
                socket.getOutputStream().write(kind.again());
            }
        } catch (IOException endedByTheOther) {
            ended.incrementAndGet();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Reads for a second at most; false at the end of the connection. */
    private static boolean stays(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read(new byte[SMALL_BUFFER]) >= 0;
        } catch (SocketTimeoutException silent) {
            return true;
        }
    }
}
