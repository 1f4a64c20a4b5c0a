package io.vmrestore.openstack.transport;

import io.vmrestore.common.time.Chance;
import java.util.regex.Pattern;

/** The form that OpenStack's middleware accepts in {@code X-Openstack-Request-Id}; anything else it drops silently. */
public final class RequestIds {

    private static final Pattern FORM =
            Pattern.compile("req-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    private RequestIds() {}

    /** A new id. */
    public static String next(Chance chance) {
        return "req-" + chance.uuid();
    }

    /**
     * The id itself.
     *
     * @throws IllegalArgumentException if services would not accept it
     */
    public static String require(String id) {
        if (!FORM.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    "'%s' is no request id: OpenStack accepts only req-<uuid> in lower case".formatted(id));
        }
        return id;
    }
}
