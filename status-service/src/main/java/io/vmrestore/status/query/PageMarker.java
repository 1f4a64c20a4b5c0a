package io.vmrestore.status.query;

import static io.vmrestore.status.problem.ProblemException.invalidParameter;

import io.vmrestore.status.store.PagePosition;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.UUID;

/** Where a page ends, as a text without meaning to clients: creation time in microseconds and id, in base64url. */
final class PageMarker {
    private static final int BYTES = 3 * Long.BYTES;

    /** The end of the year 9999, in microseconds. */
    private static final long LAST_MICROS = 253_402_300_799_999_999L;

    private PageMarker() {}

    static String write(PagePosition position) {
        byte[] bytes = ByteBuffer.allocate(BYTES)
                .putLong(ChronoUnit.MICROS.between(Instant.EPOCH, position.createdAt()))
                .putLong(position.jobId().getMostSignificantBits())
                .putLong(position.jobId().getLeastSignificantBits())
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** @throws io.vmrestore.status.problem.ProblemException if no page ever had this marker */
    static PagePosition read(String name, String marker) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(marker);
            if (bytes.length == BYTES) {
                ByteBuffer buffer = ByteBuffer.wrap(bytes);
                long micros = buffer.getLong();
                PagePosition position = new PagePosition(
                        Instant.EPOCH.plus(Math.clamp(micros, 0, LAST_MICROS), ChronoUnit.MICROS),
                        new UUID(buffer.getLong(), buffer.getLong()));
                if (write(position).equals(marker)) {
                    return position;
                }
            }
        } catch (IllegalArgumentException notBase64) {
            // Refused below, as other texts that are no marker.
        }
        throw invalidParameter(name, "is no marker of a page; take it from next_marker of the page before");
    }
}
