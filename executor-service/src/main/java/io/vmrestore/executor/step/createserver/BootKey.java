package io.vmrestore.executor.step.createserver;

import io.vmrestore.common.connection.CallFault;
import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.common.contract.ResourceType;
import io.vmrestore.common.contract.RestoreEvent.StepProgressed;
import io.vmrestore.common.contract.SourceServer;
import io.vmrestore.executor.attempt.Attempt;
import io.vmrestore.executor.attempt.Certainty;
import io.vmrestore.executor.attempt.StepFailure;
import io.vmrestore.executor.idempotency.Mark;
import io.vmrestore.openstack.compute.KeyPair;
import io.vmrestore.openstack.failure.CloudException;
import io.vmrestore.openstack.failure.FailureClass;
import io.vmrestore.survey.Deletion;
import io.vmrestore.survey.Presence;
import java.util.Objects;
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
        // One that is not certainly gone is not used either; importing it under a name of the job's own harms nothing.
        if (attempt.absence().keyPair(source.keyName()) instanceof Presence.Present<KeyPair>(KeyPair own)
                && own.fingerprint().equals(source.keyFingerprint())) {
            return source.keyName();
        }
        if (source.publicKey() == null || source.keyFingerprint() == null) {
            attempt.note("key_pair", "Key pair " + source.keyName() + " is gone; the server boots without a key");
            return null;
        }
        String name = Mark.of(attempt.address()).keyPairName(source.keyFingerprint());
        attempt.made(ResourceType.KEY_PAIR, name, name);
        attempt.note(StepProgressed.KEY_PAIR_OWNER, attempt.cloud().userId());
        importKey(attempt, name, source.publicKey());
        return name;
    }

    /** Removes the job's import of the key with this fingerprint; that there is none is no error. */
    public static void remove(@Nullable String fingerprint, Attempt attempt) {
        if (fingerprint == null) {
            return;
        }
        String name = Mark.of(attempt.address()).keyPairName(fingerprint);
        switch (attempt.absence().deleteKeyPair(name)) {
            case Deletion.Accepted _ -> {
                attempt.found(ResourceType.KEY_PAIR, name, name);
                attempt.note("key_pair_removed", name);
            }
            case Deletion.NothingThere _ -> {}
            case Deletion.Refused(String reason) -> throw Certainty.failure(reason);
        }
    }

    /** Whether an import of this name may be there: ours whose answer was lost, or somebody's. */
    private static boolean mayBeThere(CloudException failed) {
        return switch (FailureClass.of(failed)) {
            case OUTAGE, PASSING_STATE -> true;
            case REFUSAL -> failed.fault() == CallFault.CONFLICT;
        };
    }

    private static void importKey(Attempt attempt, String name, String publicKey) {
        String type = publicKey.startsWith("-----BEGIN CERTIFICATE") ? "x509" : "ssh";
        try {
            attempt.cloud().keyPairs().importKey(name, publicKey, type);
        } catch (CloudException failed) {
            if (!mayBeThere(failed)) {
                throw failed;
            }
            if (!(attempt.absence().keyPair(name) instanceof Presence.Present<KeyPair>(KeyPair there))) {
                throw failed;
            }
            if (!Objects.equals(there.publicKey().strip(), publicKey.strip())) {
                throw StepFailure.lasting(
                        FailureKind.CLOUD_REFUSED,
                        "Key pair " + name + " exists with another key; delete it and restore again");
            }
        }
    }
}
