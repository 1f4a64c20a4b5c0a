package io.vmrestore.gateway.http;

import io.vmrestore.support.problem.FieldError;
import io.vmrestore.support.problem.Problem;
import io.vmrestore.support.problem.ProblemException;
import io.vmrestore.support.problem.ProblemKind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The fields of a client's body. Errors are collected while fields are read and told all at once by {@link #check};
 * until then the values may be placeholders.
 */
public final class Fields {
    private final ObjectNode body;
    private final Set<String> known = new LinkedHashSet<>();
    private final List<FieldError> errors = new ArrayList<>();

    public Fields(byte @Nullable [] body) {
        this.body = JsonBody.parse(body);
    }

    /** A field that must be there. */
    public String required(String name, Function<String, Optional<String>> check) {
        @Nullable String value = text(name);
        if (value == null) {
            if (body.path(name).isMissingNode() || body.path(name).isNull()) {
                errors.add(FieldError.ofField(name, "is required"));
            }
            return "";
        }
        return checked(name, value, check);
    }

    /** A field that may be absent or null. */
    @Nullable
    public String optional(String name, Function<String, Optional<String>> check) {
        @Nullable String value = text(name);
        return value == null ? null : checked(name, value, check);
    }

    /** A field with a list of 1 to {@code most} texts, which must be there. */
    public List<String> texts(String name, int most, Function<String, Optional<String>> check) {
        known.add(name);
        JsonNode list = body.path(name);
        if (!list.isArray() || list.isEmpty() || list.size() > most) {
            errors.add(FieldError.ofField(name, "must be a list of 1 to " + most + " strings"));
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        for (int index = 0; index < list.size(); index++) {
            JsonNode element = list.get(index);
            String pointer = "/" + name + "/" + index;
            if (element.isString()) {
                texts.add(element.stringValue());
                check.apply(element.stringValue()).ifPresent(detail -> errors.add(FieldError.inBody(pointer, detail)));
            } else {
                errors.add(FieldError.inBody(pointer, "must be a string, not " + JsonBody.describe(element)));
            }
        }
        return texts;
    }

    /** A field with one of an enum's names. */
    public <E extends Enum<E>> E choice(String name, Class<E> choices, E byDefault) {
        @Nullable String value = text(name);
        Optional<String> problem = value == null ? Optional.empty() : Checks.oneOf(choices, value);
        problem.ifPresent(detail -> errors.add(FieldError.ofField(name, detail)));
        return value == null || problem.isPresent() ? byDefault : Enum.valueOf(choices, value);
    }

    /** @throws ProblemException 400 with every error so far, and every field that nobody asked for */
    public void check() {
        for (String name : body.propertyNames()) {
            if (!known.contains(name)) {
                errors.add(FieldError.ofField(
                        name, "is not a field of this request; its fields are " + String.join(", ", known)));
            }
        }
        if (!errors.isEmpty()) {
            throw Problem.of(ProblemKind.INVALID_REQUEST, errors).asException();
        }
    }

    private String checked(String name, String value, Function<String, Optional<String>> check) {
        check.apply(value).ifPresent(detail -> errors.add(FieldError.ofField(name, detail)));
        return value;
    }

    private @Nullable String text(String name) {
        known.add(name);
        JsonNode value = body.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isString()) {
            errors.add(FieldError.ofField(name, "must be a string, not " + JsonBody.describe(value)));
            return null;
        }
        return value.stringValue();
    }
}
