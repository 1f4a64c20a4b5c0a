package io.vmrestore.executor.step.createserver;

import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.common.contract.ResourceType;
import io.vmrestore.common.contract.SourceServer;
import io.vmrestore.executor.attempt.Attempt;
import io.vmrestore.executor.attempt.StepFailure;
import io.vmrestore.executor.idempotency.Mark;
import io.vmrestore.openstack.ProjectCloud;
import io.vmrestore.openstack.compute.KeyPair;
import io.vmrestore.openstack.failure.CloudException;
import io.vmrestore.survey.Absence;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The key pair that a restored server boots with. Key pairs belong to users: the service user cannot name the owner's
 * key, so its public half is imported for as long as the restore runs.
 */
public final class BootKey {
    private BootKey() {}

    /** The name to boot with; null if the original has no key, or the key is gone and cannot be had again. */
    static @Nullable String of(SourceServer source, Attempt attempt) {
        if (source.keyName() == null) {
            return null;
        }
        Optional<KeyPair> own = Absence.in(attempt.cloud()).keyPair(source.keyName());
        if (own.isPresent() && own.get().fingerprint().equals(source.keyFingerprint())) {
            return source.keyName();
        }
        if (source.publicKey() == null || source.keyFingerprint() == null) {
            attempt.note("key_pair", "Key pair " + source.keyName() + " is gone; the server boots without a key");
            return null;
        }
        String name = Mark.of(attempt.address()).keyPairName(source.keyFingerprint());
        attempt.made(ResourceType.KEY_PAIR, name, name);
        importKey(attempt.cloud(), name, source.publicKey());
        return name;
    }

    /** Removes the job's import of the key with this fingerprint; that there is none is no error. */
    public static void remove(@Nullable String fingerprint, Attempt attempt) {
        if (fingerprint == null) {
            return;
        }
        String name = Mark.of(attempt.address()).keyPairName(fingerprint);
        if (Absence.in(attempt.cloud()).deleteKeyPair(name)) {
            attempt.found(ResourceType.KEY_PAIR, name, name);
            attempt.note("key_pair_removed", name);
        }
    }

    private static void importKey(ProjectCloud cloud, String name, String publicKey) {
        String type = publicKey.startsWith("-----BEGIN CERTIFICATE") ? "x509" : "ssh";
        try {
            cloud.compute().importKeyPair(name, publicKey, type);
        } catch (CloudException.Conflict | CloudException.Unavailable maybeThere) {
            KeyPair there = Absence.in(cloud).keyPair(name).orElseThrow(() -> maybeThere);
            if (!Objects.equals(there.publicKey().strip(), publicKey.strip())) {
                throw StepFailure.lasting(
                        FailureKind.CLOUD_REFUSED,
                        "Key pair " + name + " exists with another key; delete it and restore again");
            }
        }
    }
}
