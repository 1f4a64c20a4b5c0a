package io.vmrestore.status.query;

import static io.vmrestore.status.problem.Refusals.invalidParameter;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.vmrestore.status.store.PagePosition;
import io.vmrestore.support.access.TokenSettings;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;

/**
 * Where a page ends, as a text without meaning to clients: creation time in microseconds and id, signed, in base64url.
 * Every instance with the same RESTORE_JWT_SECRET reads it.
 */
@Component
final class PageMarkers {
    private static final int POSITION_BYTES = 3 * Long.BYTES;
    private static final int SIGNATURE_BYTES = 16;
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    PageMarkers(TokenSettings settings) {
        // A key of its own, so that no marker is the signature of anything else.
        SecretKeySpec secret = new SecretKeySpec(settings.secret().getBytes(UTF_8), ALGORITHM);
        key = new SecretKeySpec(signature(secret, "markers of pages".getBytes(UTF_8)), ALGORITHM);
    }

    String write(PagePosition position) {
        byte[] bytes = ByteBuffer.allocate(POSITION_BYTES)
                .putLong(ChronoUnit.MICROS.between(Instant.EPOCH, position.createdAt()))
                .putLong(position.jobId().getMostSignificantBits())
                .putLong(position.jobId().getLeastSignificantBits())
                .array();
        byte[] signed = ByteBuffer.allocate(POSITION_BYTES + SIGNATURE_BYTES)
                .put(bytes)
                .put(signature(key, bytes), 0, SIGNATURE_BYTES)
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(signed);
    }

    /** @throws io.vmrestore.support.problem.ProblemException if no page ever had this marker */
    PagePosition read(String name, String marker) {
        byte[] signed = bytes(marker);
        if (signed.length == POSITION_BYTES + SIGNATURE_BYTES) {
            ByteBuffer buffer = ByteBuffer.wrap(signed);
            PagePosition position = new PagePosition(
                    Instant.EPOCH.plus(buffer.getLong(), ChronoUnit.MICROS),
                    new UUID(buffer.getLong(), buffer.getLong()));
            if (MessageDigest.isEqual(write(position).getBytes(UTF_8), marker.getBytes(UTF_8))) {
                return position;
            }
        }
        throw invalidParameter(name, "is no marker of a page; take it from next_marker of the page before");
    }

    private static byte[] bytes(String marker) {
        try {
            return Base64.getUrlDecoder().decode(marker);
        } catch (IllegalArgumentException notBase64) {
            return new byte[0];
        }
    }

    private static byte[] signature(SecretKeySpec key, byte[] bytes) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(bytes);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java platform has " + ALGORITHM, impossible);
        }
    }
}
