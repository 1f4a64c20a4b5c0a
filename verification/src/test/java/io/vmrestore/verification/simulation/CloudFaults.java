package io.vmrestore.verification.simulation;

import io.vmrestore.simulator.faults.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** Chooses what goes wrong in the cloud; trouble on the way there is {@link CloudNetwork}'s. */
final class CloudFaults {
    private static final List<String> CALLS = List.of("POST ", "DELETE ", "GET ", "/servers", "/volumes", "/ports", "");
    private static final int[] STATUSES = {401, 409, 413, 429, 500, 502, 503, 504};

    private CloudFaults() {}

    static Fault any(Random random) {
        return switch (random.nextInt(11)) {
            case 0, 1, 2 -> new Fault.Answer(STATUSES[random.nextInt(STATUSES.length)], null, null);
            case 3 -> new Fault.Answer(random.nextBoolean() ? 429 : 413, null, 1 + random.nextInt(3));
            case 4 -> new Fault.RevokeToken();
            case 5 -> new Fault.ServerFails(Fault.Stage.values()[random.nextInt(Fault.Stage.values().length)], null);
            case 6 -> new Fault.VolumeFails(null);
            case 7 -> new Fault.PortsOutliveServer(seconds(random, 8));
            case 8 -> new Fault.AddressReleasedLate(seconds(random, 20));
            case 9 -> new Fault.LateBootable(seconds(random, 20));
            default ->
                random.nextBoolean() ? new Fault.AddressTaken() : new Fault.VolumeReleasedLate(seconds(random, 10));
        };
    }

    static String match(Fault fault, Random random) {
        return fault instanceof Fault.OfCall ? CALLS.get(random.nextInt(CALLS.size())) : "";
    }

    private static Duration seconds(Random random, int most) {
        return Duration.ofSeconds(1 + random.nextInt(most));
    }
}
