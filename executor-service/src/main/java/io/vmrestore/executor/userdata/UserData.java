package io.vmrestore.executor.userdata;

import io.vmrestore.common.codec.UndecodableException;
import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.common.contract.Sealed;
import io.vmrestore.common.seal.SealException;
import io.vmrestore.common.seal.SealedText;
import io.vmrestore.common.seal.TextSeal;
import io.vmrestore.executor.attempt.StepFailure;
import java.util.UUID;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** Opens the original's user_data, for who compares it with the cloud's and for who gives it to the new server. */
public final class UserData {
    private final TextSeal seal;
    private final SecretSource secrets;

    public UserData(TextSeal seal, SecretSource secrets) {
        this.seal = seal;
        this.secrets = secrets;
    }

    /**
     * The user_data in base64, as Nova tells and takes it.
     *
     * @param sealed as the job's plan has it; null if the original has none
     * @return null if the original has none
     * @throws StepFailure if it was destroyed, or none of our keys opens it; passing if the broker does not tell
     * @throws InterruptedException if the attempt is no longer ours
     */
    public @Nullable String open(UUID jobId, @Nullable Sealed sealed) throws InterruptedException {
        if (sealed == null) {
            return null;
        }
        try {
            if (sealed.address() == null) {
                return seal.openInPlace(jobId, sealed);
            }
            SealedText text = secrets.find(jobId, sealed.address());
            if (text == null) {
                throw StepFailure.lasting(
                        FailureKind.INTERNAL,
                        "The user_data of job " + jobId + " is not kept any more: it is destroyed"
                                + " RESTORE_RETRY_RETENTION after the end of its job. Make a new plan");
            }
            return seal.open(jobId, text);
        } catch (SealException | UndecodableException notOpened) {
            throw StepFailure.lasting(FailureKind.INTERNAL, String.valueOf(notOpened.getMessage()));
        } catch (KafkaException away) {
            throw StepFailure.passing(
                    FailureKind.INTERNAL,
                    "The sealed user_data of job " + jobId + " cannot be read from Kafka: " + away.getMessage());
        }
    }
}
