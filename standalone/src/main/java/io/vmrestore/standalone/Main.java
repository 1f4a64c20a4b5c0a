package io.vmrestore.standalone;

import io.vmrestore.embedded.EmbeddedStartException;
import io.vmrestore.standalone.cli.CommandLine;
import io.vmrestore.standalone.cli.CommandLineException;
import io.vmrestore.standalone.server.StandaloneServer;
import io.vmrestore.standalone.server.StandaloneSettings;
import java.util.concurrent.CountDownLatch;
import org.slf4j.LoggerFactory;

/** Entry of the standalone program: {@code serve} runs the system in this JVM, everything else is a short command. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) throws Exception {
        try {
            if (arguments.length == 1 && arguments[0].equals("serve")) {
                serve(StandaloneSettings.fromEnvironment(System.getenv()));
            } else {
                new CommandLine(System.getenv(), System.out).run(arguments);
            }
        } catch (CommandLineException | IllegalArgumentException refused) {
            System.err.println(refused.getMessage());
            System.exit(1);
        }
    }

    private static void serve(StandaloneSettings settings) throws InterruptedException {
        // Four Spring contexts share this JVM: each would set logging up again and print every line once more.
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        CountDownLatch stopped = new CountDownLatch(1);
        StandaloneServer server;
        try {
            server = StandaloneServer.start(settings);
        } catch (RuntimeException failed) {
            LoggerFactory.getLogger(Main.class).error("The system does not start", failed);
            // The reason comes last, where `./restore up` shows it.
            System.err.println(rootMessage(failed));
            System.exit(1);
            return;
        }
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("standalone-stop").unstarted(() -> {
                    server.close();
                    stopped.countDown();
                }));
        server.announce();
        stopped.await();
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
