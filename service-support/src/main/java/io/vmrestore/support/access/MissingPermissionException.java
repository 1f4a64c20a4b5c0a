package io.vmrestore.support.access;

import org.springframework.security.access.AccessDeniedException;

/** Spring Security replaces a negative result by an exception of its own, which would forget the permission. */
public final class MissingPermissionException extends AccessDeniedException {
    private static final long serialVersionUID = 1L;

    private final Permission permission;

    MissingPermissionException(Permission permission) {
        super(permission.wireName() + " is missing");
        this.permission = permission;
    }

    public Permission permission() {
        return permission;
    }
}
