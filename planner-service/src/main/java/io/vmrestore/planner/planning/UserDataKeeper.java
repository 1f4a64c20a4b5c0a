package io.vmrestore.planner.planning;

import io.vmrestore.common.codec.SecretCodec;
import io.vmrestore.common.contract.Plan;
import io.vmrestore.common.contract.Sealed;
import io.vmrestore.common.contract.SecretAddress;
import io.vmrestore.common.seal.TextSeal;
import io.vmrestore.common.time.TimeSource;
import java.time.Duration;
import java.util.Base64;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.support.SendResult;

/** Seals the user_data of a plan and keeps it outside the public log; the plan says where. */
final class UserDataKeeper {
    private final TextSeal seal;
    private final KafkaTemplate<String, byte[]> kafka;
    private final TimeSource time;

    UserDataKeeper(TextSeal seal, KafkaTemplate<String, byte[]> kafka, TimeSource time) {
        this.seal = seal;
        this.kafka = kafka;
        this.time = time;
    }

    /**
     * The plan that refers to its user_data; returns when the broker has it.
     *
     * @throws ExecutionException if the broker refuses it
     * @throws TimeoutException if the broker does not answer within the limit
     */
    Plan keep(UUID jobId, Planned planned, Duration limit)
            throws InterruptedException, ExecutionException, TimeoutException {
        String userData = planned.userData();
        if (userData == null) {
            return planned.plan();
        }
        SendResult<String, byte[]> sent =
                time.get(kafka.send(SecretCodec.encode(jobId, seal.seal(jobId, userData))), limit);
        RecordMetadata kept = sent.getRecordMetadata();
        return planned.plan()
                .withUserData(Sealed.at(new SecretAddress(kept.partition(), kept.offset()), size(userData)));
    }

    /** Sealed in base64, as Nova tells and takes it; what is told of it is the size of the data itself. */
    private static int size(String base64) {
        try {
            return Base64.getMimeDecoder().decode(base64).length;
        } catch (IllegalArgumentException notBase64) {
            return base64.length();
        }
    }
}
