package io.vmrestore.support.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with one part of a request. Exactly one of the two places is set.
 *
 * @param pointer JSON pointer (RFC 6901) into the body; empty for the body as a whole
 * @param parameter name of a query or path parameter
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FieldError(@Nullable String pointer, @Nullable String parameter, String detail) {

    public static FieldError inBody(String pointer, String detail) {
        return new FieldError(pointer, null, detail);
    }

    public static FieldError ofParameter(String parameter, String detail) {
        return new FieldError(null, parameter, detail);
    }

    /** A field of the body's outermost object, its name escaped as a pointer needs it. */
    public static FieldError ofField(String name, String detail) {
        return inBody("/" + name.replace("~", "~0").replace("/", "~1"), detail);
    }

    /** The body as a whole. */
    public static FieldError ofBody(String detail) {
        return inBody("", detail);
    }

    /** The place and what is wrong, in one sentence without a full stop. */
    String sentence() {
        String place = pointer == null ? "Parameter " + parameter : pointer.isEmpty() ? "The body" : pointer;
        return place + " " + detail;
    }
}
