package io.vmrestore.embedded;

import io.vmrestore.embedded.testing.ChildJvm;
import java.nio.file.Path;

/** A process with a broker in it, to be killed by a test. Argument: the log directory. */
final class BrokerProcess {
    static final String READY = "READY ";

    private BrokerProcess() {}

    public static void main(String[] arguments) {
        try (EmbeddedBroker broker = EmbeddedBroker.start(EmbeddedBrokerSettings.in(Path.of(arguments[0])))) {
            System.out.println(READY + broker.bootstrapServers());
            ChildJvm.untilParentEnds();
        }
    }
}
