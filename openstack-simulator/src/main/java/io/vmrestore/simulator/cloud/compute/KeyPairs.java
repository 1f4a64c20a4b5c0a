package io.vmrestore.simulator.cloud.compute;

import io.vmrestore.simulator.engine.Engine;
import io.vmrestore.simulator.engine.Refused;
import io.vmrestore.simulator.engine.Table;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;

/** The users' public keys. */
public final class KeyPairs {
    private final Engine engine;
    private final Table<KeyPair> table;

    KeyPairs(Engine engine) {
        this.engine = engine;
        this.table = engine.table("keypairs", KeyPair.class);
    }

    public Stream<KeyPair> ofUser(String userId) {
        return table.stream().filter(key -> key.userId().equals(userId));
    }

    public Optional<KeyPair> find(String userId, String name) {
        return table.find(KeyPair.id(userId, name));
    }

    public KeyPair get(String userId, String name) {
        return find(userId, name).orElseThrow(() -> missing(userId, name));
    }

    /** Takes a public key over under a name. */
    public KeyPair add(String userId, String name, String publicKey) {
        if (find(userId, name).isPresent()) {
            throw Refused.conflict("Key pair '" + name + "' already exists.");
        }
        return table.put(new KeyPair(
                userId, name, publicKey, fingerprint(publicKey), table.all().size() + 1, engine.now()));
    }

    public void delete(String userId, String name) {
        table.remove(get(userId, name).id());
    }

    private static Refused missing(String userId, String name) {
        return Refused.notFound("Keypair " + name + " not found for user " + userId);
    }

    private static String fingerprint(String publicKey) {
        String[] words = publicKey.strip().split("\\s+", 3);
        try {
            byte[] blob = Base64.getDecoder().decode(words.length < 2 ? "" : words[1]);
            if (blob.length == 0) {
                throw new IllegalArgumentException("no key");
            }
            return HexFormat.ofDelimiter(":")
                    .formatHex(MessageDigest.getInstance("MD5").digest(blob));
        } catch (IllegalArgumentException notBase64) {
            throw Refused.badRequest("Keypair data is invalid: failed to generate fingerprint");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has MD5.", e);
        }
    }
}
