package io.vmrestore.common.seal;

import java.util.Base64;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The installation's keys by their ids, in order: the first encrypts, all decrypt. */
public final class SealingKeys {
    /** The id of the key that has none of its own ({@code RESTORE_ENCRYPTION_KEY}). */
    public static final String DEFAULT_ID = "default";

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private final Map<String, byte[]> keys;

    private SealingKeys(Map<String, byte[]> keys) {
        this.keys = keys;
    }

    /**
     * Reads the keys from their settings. No message shows a key.
     *
     * @param several {@code RESTORE_ENCRYPTION_KEYS}: {@code id:key} pairs separated by commas; blank for none
     * @param single {@code RESTORE_ENCRYPTION_KEY}: one key without an id, the last of all; blank for none
     * @throws IllegalArgumentException if there is no key, one is no key, or an id is no id or is there twice; the
     *     message names the setting
     */
    public static SealingKeys of(String several, String single) {
        Map<String, byte[]> keys = new LinkedHashMap<>();
        for (String pair : several.isBlank() ? new String[0] : several.strip().split(",", -1)) {
            add(keys, pair.strip());
        }
        if (!single.isBlank() || keys.isEmpty()) {
            if (keys.containsKey(DEFAULT_ID)) {
                throw new IllegalArgumentException("RESTORE_ENCRYPTION_KEYS has a key with the id " + DEFAULT_ID
                        + ", which is that of RESTORE_ENCRYPTION_KEY; give it another id");
            }
            keys.put(DEFAULT_ID, key(single, "RESTORE_ENCRYPTION_KEY"));
        }
        return new SealingKeys(keys);
    }

    private static void add(Map<String, byte[]> keys, String pair) {
        int colon = pair.indexOf(':');
        // What has no colon may be a key, and must not be shown.
        String id = colon < 0 ? "" : pair.substring(0, colon);
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("RESTORE_ENCRYPTION_KEYS must be pairs such as 2026a:KEY, separated by"
                    + " commas; an id has 1 to 64 letters, digits, dots, hyphens or underscores");
        }
        if (keys.put(id, key(pair.substring(colon + 1), "The key " + id + " in RESTORE_ENCRYPTION_KEYS")) != null) {
            throw new IllegalArgumentException("RESTORE_ENCRYPTION_KEYS has two keys with the id " + id);
        }
    }

    private static byte[] key(String base64, String name) {
        byte[] key;
        try {
            key = Base64.getDecoder().decode(base64.strip());
        } catch (IllegalArgumentException notBase64) {
            key = new byte[0];
        }
        if (key.length != AesGcm.KEY_BYTES) {
            throw new IllegalArgumentException(
                    name + " must be 32 bytes in base64; make one with: openssl rand -base64 32");
        }
        return key;
    }

    /** The id of the key that encrypts. */
    String newest() {
        return keys.keySet().iterator().next();
    }

    byte @Nullable [] find(String id) {
        return keys.get(id);
    }

    Collection<byte[]> all() {
        return Collections.unmodifiableCollection(keys.values());
    }

    /** Shows ids and no key. */
    @Override
    public String toString() {
        return "SealingKeys" + keys.keySet();
    }
}
