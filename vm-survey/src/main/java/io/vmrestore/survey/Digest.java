package io.vmrestore.survey;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** A SHA-256 digest over named values; names and lengths go in as well, so that no two sets of values look alike. */
final class Digest {
    private final MessageDigest sha256;

    Digest() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java runtime offers SHA-256", impossible);
        }
    }

    Digest add(String name, @Nullable Object value) {
        String text = value == null ? "" : value.toString();
        String field = name + (value == null ? "-" : "=" + text.length() + ":" + text) + "\n";
        sha256.update(field.getBytes(UTF_8));
        return this;
    }

    /** Values whose order says nothing. */
    Digest addSorted(String name, Collection<String> values) {
        add(name, values.size());
        values.stream().sorted().forEach(value -> add(name, value));
        return this;
    }

    String hex() {
        return HexFormat.of().formatHex(sha256.digest());
    }
}
