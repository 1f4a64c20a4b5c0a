package io.vmrestore.standalone.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The operations and schemas of an OpenAPI document. */
public final class Contract {
    private static final List<String> METHODS = List.of("get", "post", "put", "patch", "delete");

    private final JsonNode document;

    public Contract(JsonNode document) {
        this.document = document;
    }

    /** @param in path, query or header */
    record Parameter(String name, String in, boolean required, JsonNode schema) {}

    /**
     * One method of one path.
     *
     * @param body schema of its body; null if it takes none
     * @param responses by status
     */
    public record Operation(
            String method,
            String path,
            List<Parameter> parameters,
            @Nullable JsonNode body,
            JsonNode responses) {}

    /** All of them, in their order in the document. */
    public List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        document.path("paths")
                .properties()
                .forEach(path -> METHODS.stream()
                        .filter(path.getValue()::has)
                        .forEach(method -> operations.add(
                                operation(method, path.getKey(), path.getValue().path(method)))));
        return operations;
    }

    private Operation operation(String method, String path, JsonNode operation) {
        List<Parameter> parameters = operation.path("parameters").values().stream()
                .map(this::resolved)
                .map(parameter -> new Parameter(
                        parameter.path("name").asString(),
                        parameter.path("in").asString(),
                        parameter.path("required").asBoolean(false),
                        parameter.path("schema")))
                .toList();
        JsonNode body = resolved(operation.path("requestBody")).at("/content/application~1json/schema");
        return new Operation(
                method.toUpperCase(Locale.ROOT),
                path,
                parameters,
                body.isMissingNode() ? null : body,
                operation.path("responses"));
    }

    /** What a reference leads to; anything else as it is. */
    JsonNode resolved(JsonNode node) {
        JsonNode reference = node.path("$ref");
        return reference.isString() ? resolved(document.at(reference.asString().substring(1))) : node;
    }

    /** The types that a schema allows; empty if it says nothing of them. */
    static List<String> types(JsonNode schema) {
        JsonNode type = schema.path("type");
        return type.isString()
                ? List.of(type.asString())
                : type.values().stream().map(JsonNode::asString).toList();
    }

    /** What is wrong with a value, by its places; nothing if it is as the schema says. */
    Stream<String> wrong(JsonNode value, JsonNode unresolved, String place) {
        JsonNode schema = resolved(unresolved);
        if (schema.has("oneOf")) {
            boolean one = schema.path("oneOf").values().stream()
                    .anyMatch(choice -> wrong(value, choice, place).findAny().isEmpty());
            return one ? Stream.empty() : Stream.of(place + " is none of what it may be: " + value);
        }
        if (!types(schema).isEmpty() && types(schema).stream().noneMatch(type -> is(type, value))) {
            return Stream.of(place + " is no " + types(schema) + ": " + value);
        }
        Stream<String> choice =
                schema.has("enum") && !schema.path("enum").values().contains(value)
                        ? Stream.of(place + " is not of the enum: " + value)
                        : Stream.empty();
        Stream<String> absent = value.isObject()
                ? schema.path("required").values().stream()
                        .filter(name -> !value.has(name.asString()))
                        .map(name -> place + "/" + name.asString() + " is missing")
                : Stream.empty();
        Stream<String> members = schema.path("properties").properties().stream()
                .filter(member -> value.has(member.getKey()))
                .flatMap(
                        member -> wrong(value.path(member.getKey()), member.getValue(), place + "/" + member.getKey()));
        Stream<String> elements = value.isArray() && schema.has("items")
                ? value.values().stream().flatMap(element -> wrong(element, schema.path("items"), place + "/…"))
                : Stream.empty();
        Stream<String> parts = schema.path("allOf").values().stream().flatMap(part -> wrong(value, part, place));
        return Stream.of(choice, absent, members, elements, parts).flatMap(each -> each);
    }

    private static boolean is(String type, JsonNode value) {
        return switch (type) {
            case "string" -> value.isString();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            case "array" -> value.isArray();
            case "object" -> value.isObject();
            case "null" -> value.isNull();
            default -> throw new AssertionError("The document has the type " + type);
        };
    }
}
