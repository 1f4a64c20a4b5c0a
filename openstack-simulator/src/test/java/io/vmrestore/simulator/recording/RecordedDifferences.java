package io.vmrestore.simulator.recording;

import java.util.Map;
import java.util.Set;

/** Where the simulator differs from the recordings on purpose, and what the recorder kept to itself. */
final class RecordedDifferences {
    /** Exchanges that are not replayed, each with the reason. */
    static final Map<String, String> LEFT_OUT = Map.of(
            "keystone/051", "a token whose only role was taken away is refused here by every service, cached or not",
            "keystone/055", "the recorded actor is the token that the call itself revokes",
            "neutron/075", "the recorder left out the header If-Match; SimulatorHttpTest covers it",
            "nova/013", "lists servers that were deleted while the recordings were made; SimulatorHttpTest covers it");

    /** Refusals whose words are the simulator's own, each with the reason. */
    static final Map<String, String> OWN_WORDS =
            Map.of("keystone/012", "Keystone prints its whole JSON schema after the first sentence");

    /** Single differences that are accepted, each with the reason. */
    static final Map<String, Set<String>> ACCEPTED = Map.of(
            // Neutron forgets which drivers bound a port when its addresses change.
            "neutron/094", Set.of("$.port.binding:vif_details.bound_drivers: not in the recording"));

    static final Set<String> WRONG_PASSWORD = Set.of("keystone/008");

    static final Set<String> UNKNOWN_SUBJECT = Set.of("keystone/015");

    static final Set<String> EXPIRED_SUBJECT = Set.of("keystone/063");

    private RecordedDifferences() {}

    /** Keys that may be null on one side: a row's last change depends on its history. */
    static Set<String> nullable() {
        return Set.of("updated_at");
    }
}
