package io.vmrestore.standalone.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Properties;

/**
 * Keys made at the first start and kept in the data directory, readable by its owner only. A start with the same
 * directory needs the same keys, or sealed user_data of waiting restores could not be opened.
 */
final class Secrets {
    private static final int KEY_BYTES = 32;

    private Secrets() {}

    /** The keys that the environment does not give, by the names the services read. */
    static Map<String, String> in(Path dataDirectory) {
        Path file = dataDirectory.resolve("secrets.properties");
        try {
            Properties kept = new Properties();
            if (Files.exists(file)) {
                try (var reader = Files.newBufferedReader(file)) {
                    kept.load(reader);
                }
            } else {
                kept.setProperty("RESTORE_JWT_SECRET", randomKey());
                kept.setProperty("RESTORE_ENCRYPTION_KEY", randomKey());
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                try (var writer = Files.newBufferedWriter(file)) {
                    kept.store(writer, "Made at the first start. Keep with the data directory.");
                }
            }
            return Map.of(
                    "RESTORE_JWT_SECRET", kept.getProperty("RESTORE_JWT_SECRET"),
                    "RESTORE_ENCRYPTION_KEY", kept.getProperty("RESTORE_ENCRYPTION_KEY"));
        } catch (IOException failed) {
            throw new UncheckedIOException("Cannot keep the generated keys in " + file, failed);
        }
    }

    private static String randomKey() {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return Base64.getEncoder().encodeToString(key);
    }
}
