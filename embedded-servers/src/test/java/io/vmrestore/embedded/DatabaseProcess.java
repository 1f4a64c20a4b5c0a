package io.vmrestore.embedded;

import io.vmrestore.embedded.testing.ChildJvm;
import java.nio.file.Path;

/** A process that starts a database, to be killed by a test. Arguments: the directory and that of the programs. */
final class DatabaseProcess {
    static final String READY = "READY ";

    private DatabaseProcess() {}

    public static void main(String[] arguments) {
        EmbeddedDatabaseSettings settings =
                EmbeddedDatabaseSettings.in(Path.of(arguments[0])).withBinaries(Path.of(arguments[1]));
        try (EmbeddedDatabase database = EmbeddedDatabase.start(settings)) {
            System.out.println(READY + database.endpoint().port());
            ChildJvm.untilParentEnds();
        }
    }
}
