package io.vmrestore.common.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;

/** The catalogue of reasons for which planning or a step fails. */
public enum FailureKind {
    /** The project does not exist or is disabled. */
    PROJECT_NOT_FOUND,
    VM_NOT_FOUND,
    RESTORE_POINT_NOT_FOUND,
    /** The VM boots from an image and has no boot volume whose snapshot could be restored. */
    BOOT_FROM_IMAGE,
    /** The snapshot belongs to another VM, another project or a volume that is not the VM's boot volume. */
    RESTORE_POINT_MISMATCH,
    /** The snapshot is not in state available. */
    RESTORE_POINT_NOT_AVAILABLE,
    /** The configured identity may not work in this project. */
    PROJECT_NOT_ACCESSIBLE,
    /** The request is well-formed but cannot be carried out. */
    UNPROCESSABLE,
    /** The VM, snapshot, ports or networks are no longer what the plan was computed from. */
    PLAN_OUTDATED,
    QUOTA_EXCEEDED,
    /** A requested IP address or MAC is taken or not allowed. */
    ADDRESS_NOT_AVAILABLE,
    /** The cloud refused the call; trying again would not help. */
    CLOUD_REFUSED,
    /** The cloud did not answer or answered with a fault of its own. */
    CLOUD_UNAVAILABLE,
    /** The cloud did not answer in time. */
    CLOUD_TIMEOUT,
    /** The cloud accepted the resource and reported later that it failed. */
    RESOURCE_FAILED,
    /** The attempt's deadline passed. */
    DEADLINE_EXCEEDED,
    /** The step was stopped because its restore failed elsewhere or is being cancelled. */
    STOPPED,
    /** A fault of this system. */
    INTERNAL;

    /** The name in events and answers, such as {@code vm-not-found}. */
    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Finds a kind by its name in events and answers.
     *
     * @throws IllegalArgumentException if no kind has this name
     */
    @JsonCreator
    public static FailureKind ofWireName(String wireName) {
        return Arrays.stream(values())
                .filter(kind -> kind.wireName().equals(wireName))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Unknown kind of failure '" + wireName + "'"));
    }
}
