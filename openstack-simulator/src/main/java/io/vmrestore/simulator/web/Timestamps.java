package io.vmrestore.simulator.web;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Points in time as the services write them. */
public final class Timestamps {
    private static final DateTimeFormatter SECONDS = at("yyyy-MM-dd'T'HH:mm:ss'Z'");
    private static final DateTimeFormatter WHOLE_MICROS = at("yyyy-MM-dd'T'HH:mm:ss'.000000'");
    private static final DateTimeFormatter MICROS = at("yyyy-MM-dd'T'HH:mm:ss.SSSSSS");
    private static final DateTimeFormatter WHOLE_MICROS_ZONE = at("yyyy-MM-dd'T'HH:mm:ss'.000000Z'");

    private Timestamps() {}

    /** 2026-11-22T15:41:04Z. */
    public static String seconds(Instant time) {
        return SECONDS.format(time);
    }

    /** 2026-11-22T15:41:04.000000, as read from the database. */
    public static @Nullable String stored(@Nullable Instant time) {
        return time == null ? null : WHOLE_MICROS.format(time);
    }

    /** 2026-11-22T15:41:04.123456, as Cinder answers before it stored anything. */
    public static String fresh(Instant time) {
        return MICROS.format(time);
    }

    /** 2026-11-22T15:41:04.000000Z, as Keystone writes. */
    public static String identity(Instant time) {
        return WHOLE_MICROS_ZONE.format(time);
    }

    private static DateTimeFormatter at(String pattern) {
        return DateTimeFormatter.ofPattern(pattern).withZone(ZoneOffset.UTC);
    }
}
