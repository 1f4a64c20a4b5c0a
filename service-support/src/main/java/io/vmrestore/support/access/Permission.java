package io.vmrestore.support.access;

/** What a caller may do. */
public enum Permission {
    READ("restore:read"),
    WRITE("restore:write"),
    ADMIN("restore:admin"),
    OPERATE("restore:operate");

    private final String wireName;

    Permission(String wireName) {
        this.wireName = wireName;
    }

    /** The name in tokens and messages, such as {@code restore:read}. */
    public String wireName() {
        return wireName;
    }
}
