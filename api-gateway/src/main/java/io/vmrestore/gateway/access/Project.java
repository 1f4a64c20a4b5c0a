package io.vmrestore.gateway.access;

import java.util.regex.Pattern;

/** A project as its id and name; of an outside issuer, which names none, the id is both. */
public record Project(String id, String name) {
    private static final Pattern ID =
            Pattern.compile("[0-9a-fA-F]{32}|[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    /** Whether the text can be a project's id: a UUID, with or without hyphens. */
    static boolean isId(String text) {
        return ID.matcher(text).matches();
    }
}
