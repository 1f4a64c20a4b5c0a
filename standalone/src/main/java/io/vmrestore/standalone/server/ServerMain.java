package io.vmrestore.standalone.server;

import io.vmrestore.embedded.EmbeddedStartException;
import java.util.concurrent.CountDownLatch;
import org.slf4j.LoggerFactory;

/** Runs the system in this JVM until it is told to stop. */
public final class ServerMain {
    private ServerMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        if (!serve()) {
            System.exit(1);
        }
    }

    /**
     * Starts the system with the settings of the environment, and returns when it has been stopped.
     *
     * @return false, with the reason on standard error, if it does not start
     */
    public static boolean serve() throws InterruptedException {
        // Four Spring contexts share this JVM: each would set logging up again and print every line once more.
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        CountDownLatch stopped = new CountDownLatch(1);
        StandaloneSettings settings;
        try {
            settings = StandaloneSettings.fromEnvironment(System.getenv());
        } catch (IllegalArgumentException refused) {
            System.err.println(refused.getMessage());
            return false;
        }
        StandaloneServer server;
        try {
            server = StandaloneServer.start(settings);
        } catch (StartRefusedException refused) {
            System.err.println(refused.getMessage());
            return false;
        } catch (RuntimeException failed) {
            LoggerFactory.getLogger(ServerMain.class).error("The system does not start", failed);
            // The reason comes last, where `./restore up` shows it.
            System.err.println(rootMessage(failed));
            return false;
        }
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("standalone-stop").unstarted(() -> {
                    server.close();
                    stopped.countDown();
                }));
        server.announce();
        stopped.await();
        return true;
    }

    /** The outermost message of ours, or else the innermost of all. */
    private static String rootMessage(Throwable failed) {
        Throwable cause = failed;
        while (cause.getCause() != null && !(cause instanceof EmbeddedStartException)) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }
}
