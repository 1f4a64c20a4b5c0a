package io.vmrestore.verification.chaos.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A way from one process to another, over loopback, that can be made worse. Cut, it closes what is open and what comes;
 * frozen, it lets nothing through and closes nothing, like a network that drops packets; slow, it holds every piece
 * back for a while.
 */
public final class Link implements AutoCloseable {
    private static final int CHUNK = 64 * 1024;

    private enum Mode {
        OPEN,
        CUT,
        FROZEN,
        SLOW
    }

    private final String name;
    private final int target;
    private final ServerSocket listener;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private Mode mode = Mode.OPEN;
    private Duration delay = Duration.ZERO;

    private Link(String name, ServerSocket listener, int target) {
        this.name = name;
        this.listener = listener;
        this.target = target;
    }

    /**
     * Opens a link.
     *
     * @param name of it in logs
     * @param port where it listens; 0 takes a free one
     * @param target where the process listens that it leads to
     */
    public static Link open(String name, int port, int target) {
        try {
            ServerSocket listener = new ServerSocket();
            listener.setReuseAddress(true);
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 256);
            Link link = new Link(name, listener, target);
            Thread.ofVirtual().name("link-" + name).start(link::accept);
            return link;
        } catch (IOException e) {
            throw new UncheckedIOException("The link " + name + " cannot listen on port " + port, e);
        }
    }

    public String name() {
        return name;
    }

    /** Where the link listens. */
    public int port() {
        return listener.getLocalPort();
    }

    /** Closes every connection and refuses new ones. */
    public void cut() {
        become(Mode.CUT, Duration.ZERO);
        sockets.forEach(Link::close);
    }

    /** Lets nothing through, and keeps the connections. */
    public void freeze() {
        become(Mode.FROZEN, Duration.ZERO);
    }

    /** Holds back each piece of data for so long, in both directions. */
    public void slow(Duration each) {
        become(Mode.SLOW, each);
    }

    /** Lets everything through again, also what was held back. */
    public void heal() {
        become(Mode.OPEN, Duration.ZERO);
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException("The link " + name + " cannot be closed", e);
        }
        cut();
    }

    private void become(Mode next, Duration each) {
        lock.lock();
        try {
            mode = next;
            delay = each;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Thread.ofVirtual().name("link-" + name + "-connect").start(() -> connect(client));
            } catch (IOException closed) {
                // Either this link is being closed, or one connection was: the next one is accepted.
            }
        }
    }

    private void connect(Socket client) {
        sockets.add(client);
        Socket server = new Socket();
        sockets.add(server);
        try {
            pass();
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
            Thread.ofVirtual().name("link-" + name + "-back").start(() -> pump(server, client));
            pump(client, server);
        } catch (IOException refused) {
            end(client, server);
        }
    }

    private void pump(Socket from, Socket to) {
        byte[] chunk = new byte[CHUNK];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                pass();
                out.write(chunk, 0, read);
            }
        } catch (IOException ended) {
            // Whoever ended it, the other side shall see it too.
        } finally {
            end(from, to);
        }
    }

    /** Waits as the mode wants it. */
    private void pass() throws IOException {
        Duration wait;
        lock.lock();
        try {
            while (mode == Mode.FROZEN) {
                changed.awaitUninterruptibly();
            }
            if (mode == Mode.CUT) {
                throw new IOException("The link " + name + " is cut");
            }
            wait = delay;
        } finally {
            lock.unlock();
        }
        if (!wait.isZero()) {
            try {
                Thread.sleep(wait);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void end(Socket one, Socket other) {
        close(one);
        close(other);
        sockets.remove(one);
        sockets.remove(other);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException alreadyGone) {
            // What matters is that it is not used any more.
        }
    }
}
