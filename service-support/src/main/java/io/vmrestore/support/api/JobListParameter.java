package io.vmrestore.support.api;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The parameters of the list of jobs, the same between the services as for clients. */
public enum JobListParameter {
    STATUS,
    VM_ID,
    PROJECT_ID,
    MODE,
    REQUESTED_BY,
    CREATED_AFTER,
    CREATED_BEFORE,
    LIMIT,
    MARKER,
    WITH_COUNT;

    /** The name in a query string, such as {@code vm_id}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Set<String> wireNames() {
        return Arrays.stream(values()).map(JobListParameter::wireName).collect(Collectors.toUnmodifiableSet());
    }
}
