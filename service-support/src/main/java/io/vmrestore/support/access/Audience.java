package io.vmrestore.support.access;

/** Whom a token of ours is for (claim {@code aud}); every other service refuses it. */
public enum Audience {
    /** People and their programs. */
    GATEWAY("api-gateway"),
    PLANNER("planner-service"),
    STATUS("status-service");

    private final String wireName;

    Audience(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }
}
