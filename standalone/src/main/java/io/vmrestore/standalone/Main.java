package io.vmrestore.standalone;

import io.vmrestore.standalone.cli.RestoreCommand;

/** Entry of {@code ./restore}. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(RestoreCommand.commandLine(System.getenv(), System.out, System.err)
                .execute(arguments));
    }
}
