package io.vmrestore.gateway.http;

import io.vmrestore.common.codec.Json;
import io.vmrestore.support.problem.FieldError;
import io.vmrestore.support.problem.Problem;
import io.vmrestore.support.problem.ProblemException;
import io.vmrestore.support.problem.ProblemKind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
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
    private final Map<String, Object> meaning = new TreeMap<>();

    public Fields(byte @Nullable [] body) {
        this.body = JsonBody.parse(body);
    }

    /** A field with an id that must be there, in the one spelling of ids. */
    public String id(String name, Function<String, Optional<String>> check) {
        String id = Checks.canonicalId(required(name, check));
        meaning.put(name, id);
        return id;
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
                meaning.put(name, texts);
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
        if (value != null && !value.equals(byDefault.name())) {
            meaning.put(name, value);
        }
        return value == null || problem.isPresent() ? byDefault : Enum.valueOf(choices, value);
    }

    /**
     * What the fields read so far mean, as one text: two bodies have the same if they ask for the same thing, however
     * they are written (RFC 8785 has the notion). Order, white space, escapes and the spelling of ids are not in it,
     * nor what is null or what would be taken anyway.
     */
    public String meaning() {
        return Json.MAPPER.writeValueAsString(meaning);
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
        meaning.put(name, value);
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
