package io.vmrestore.verification;

import io.vmrestore.verification.chaos.ChaosOptions;
import io.vmrestore.verification.chaos.ChaosRun;
import java.security.SecureRandom;
import java.util.Arrays;

/** Entry of what judges the product; {@code ./restore} hands these commands over. */
public final class Main {
    private static final String USAGE = """
        usage: ./restore COMMAND
          chaos   run everything as processes of their own under continuous faults, and judge it:
                  %s\
        """.formatted(ChaosOptions.USAGE);

    private Main() {}

    public static void main(String[] arguments) throws Exception {
        try {
            run(arguments);
        } catch (IllegalArgumentException | NotKept refused) {
            System.err.println(refused.getMessage());
            System.exit(1);
        }
    }

    private static void run(String[] arguments) throws Exception {
        String command = arguments.length == 0 ? "" : arguments[0];
        String[] words = arguments.length == 0 ? arguments : Arrays.copyOfRange(arguments, 1, arguments.length);
        switch (command) {
            case "chaos" -> chaos(words);
            default -> throw new IllegalArgumentException(USAGE);
        }
    }

    private static void chaos(String[] words) throws Exception {
        if (!new ChaosRun(ChaosOptions.parse(words, new SecureRandom().nextInt(Integer.MAX_VALUE)), System.out).run()) {
            throw new NotKept();
        }
    }

    private static final class NotKept extends Exception {
        private static final long serialVersionUID = 1;

        NotKept() {
            super("Not every promise was kept; see above.");
        }
    }
}
