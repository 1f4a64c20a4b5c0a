package io.vmrestore.executor.userdata;

import io.vmrestore.common.contract.SecretAddress;
import io.vmrestore.common.seal.SealedText;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where sealed texts are kept. */
public interface SecretSource {

    /**
     * Finds the sealed text of a job.
     *
     * @param address where the plan says it lies
     * @return null if it was destroyed
     * @throws org.apache.kafka.common.KafkaException if the broker does not tell
     * @throws InterruptedException if the attempt is no longer ours
     */
    @Nullable
    SealedText find(UUID jobId, SecretAddress address) throws InterruptedException;
}
