package io.vmrestore.openstack.compute;

/**
 * A public key; it belongs to a user, not to a project.
 *
 * @param name its name, unique for its user
 * @param publicKey the key itself
 * @param fingerprint its fingerprint
 * @param type {@code ssh} or {@code x509}
 */
public record KeyPair(String name, String publicKey, String fingerprint, String type) {}
