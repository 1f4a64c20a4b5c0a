package io.vmrestore.openstack.settings;

import org.jspecify.annotations.Nullable;

/**
 * The user that acts in projects other than the credentials' own; it must exist in Keystone already.
 *
 * @param email its user name ({@code SNAPSHOT_SERVICE_USER_EMAIL})
 * @param password its password ({@code SNAPSHOT_SERVICE_USER_PASSWORD}); never shown
 * @param domain name or id of its domain ({@code SNAPSHOT_SERVICE_USER_DOMAIN})
 */
public record ServiceUser(String email, String password, String domain) {

    private static final String DEFAULT_DOMAIN = "default";

    /** @throws IllegalArgumentException naming the variable that is missing */
    public ServiceUser {
        require(email, "SNAPSHOT_SERVICE_USER_EMAIL");
        require(password, "SNAPSHOT_SERVICE_USER_PASSWORD");
        require(domain, "SNAPSHOT_SERVICE_USER_DOMAIN");
    }

    /**
     * The service user of three environment variables, or null if none is configured. A domain alone that is the
     * default one configures nothing.
     *
     * @throws IllegalArgumentException if it is half configured; the message names the missing variable
     */
    public static @Nullable ServiceUser ifConfigured(
            @Nullable String email, @Nullable String password, @Nullable String domain) {
        boolean defaultDomain = isBlank(domain) || DEFAULT_DOMAIN.equals(domain);
        if (isBlank(email) && isBlank(password) && defaultDomain) {
            return null;
        }
        return new ServiceUser(text(email), text(password), isBlank(domain) ? DEFAULT_DOMAIN : text(domain));
    }

    /** Shows everything but the password. */
    @Override
    public String toString() {
        return "ServiceUser[email=%s, domain=%s]".formatted(email, domain);
    }

    private static void require(@Nullable String value, String variable) {
        if (isBlank(value)) {
            throw new IllegalArgumentException(
                    variable + " is not set: the snapshot service user is configured only in part. Set "
                            + "SNAPSHOT_SERVICE_USER_EMAIL, SNAPSHOT_SERVICE_USER_PASSWORD and "
                            + "SNAPSHOT_SERVICE_USER_DOMAIN, or none of them");
        }
    }

    private static boolean isBlank(@Nullable String value) {
        return value == null || value.isBlank();
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
