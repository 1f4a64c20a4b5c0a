package io.vmrestore.openstack.compute;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vmrestore.openstack.failure.CloudException;
import io.vmrestore.openstack.transport.Json;
import io.vmrestore.openstack.transport.Session;
import java.util.List;
import java.util.Map;

/** The key pairs that Nova keeps. They belong to users, not to projects; those of another user need the admin role. */
public final class KeyPairs {
    private final Session nova;

    /** Asks by the given session. */
    public KeyPairs(Session nova) {
        this.nova = nova;
    }

    /**
     * The acting user's own key pair of this name.
     *
     * @throws CloudException.NotFound if there is none
     */
    public KeyPair named(String name) {
        return read(nova.get("/os-keypairs/" + Json.part(name), "keypair"));
    }

    /**
     * Another user's key pair; needs the admin role.
     *
     * @throws CloudException.NotFound if there is none
     */
    public KeyPair ofUser(String userId, String name) {
        return read(nova.get("/os-keypairs/" + Json.part(name), Map.of("user_id", userId), "keypair"));
    }

    /** The names of the acting user's key pairs. */
    public List<String> names() {
        return namesBy(Map.of());
    }

    /** The names of another user's key pairs; needs the admin role. */
    public List<String> namesOf(String userId) {
        return namesBy(Map.of("user_id", userId));
    }

    /**
     * Imports a public key for the acting user.
     *
     * @param type {@code ssh} or {@code x509}
     * @throws CloudException.Conflict if the user has a key pair of this name
     */
    public KeyPair importKey(String name, String publicKey, String type) {
        ObjectNode request = Json.object();
        request.putObject("keypair")
                .put("name", name)
                .put("public_key", publicKey)
                .put("type", type);
        return read(nova.create("/os-keypairs", request, "keypair"));
    }

    /**
     * Deletes the acting user's key pair.
     *
     * @throws CloudException.NotFound if there is none
     */
    public void delete(String name) {
        nova.delete("/os-keypairs/" + Json.part(name));
    }

    /** The acting user's own key pairs. */
    public List<KeyPair> all() {
        return nova.list("/os-keypairs", Map.of(), "keypairs").stream()
                .map(pair -> read(pair.path("keypair")))
                .toList();
    }

    private static KeyPair read(JsonNode pair) {
        String type = Json.text(pair, "type");
        return new KeyPair(
                Json.required(pair, "name"),
                Json.text(pair, "public_key"),
                Json.text(pair, "fingerprint"),
                type.isEmpty() ? "ssh" : type);
    }

    private List<String> namesBy(Map<String, String> query) {
        return nova.list("/os-keypairs", query, "keypairs").stream()
                .map(entry -> Json.text(entry.path("keypair"), "name"))
                .toList();
    }
}
