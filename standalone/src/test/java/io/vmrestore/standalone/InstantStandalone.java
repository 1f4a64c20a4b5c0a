package io.vmrestore.standalone;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Settings of a standalone that a test starts: free ports, a directory of its own, a cloud without delays. */
final class InstantStandalone {
    private InstantStandalone() {}

    static Map<String, String> environment(Path directory) {
        return new HashMap<>(Map.of(
                "RESTORE_DATA_DIRECTORY", directory.toString(),
                "RESTORE_GATEWAY_PORT", "0",
                "RESTORE_KAFKA_PORT", "0",
                "RESTORE_DB_PORT", "0",
                "SIMULATOR_PORT", "0",
                "SIMULATOR_VOLUME_DELAY", "0s",
                "SIMULATOR_SERVER_DELAY", "0s"));
    }
}
