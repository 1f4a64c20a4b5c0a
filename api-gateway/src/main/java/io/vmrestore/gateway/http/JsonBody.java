package io.vmrestore.gateway.http;

import io.vmrestore.support.problem.FieldError;
import io.vmrestore.support.problem.Problem;
import io.vmrestore.support.problem.ProblemException;
import io.vmrestore.support.problem.ProblemKind;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeType;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads a client's body as one JSON object and nothing else: no duplicate names, no deep nesting, nothing after the
 * end. Its messages give the place and never quote the body, which may hold a password.
 */
final class JsonBody {
    private static final int DEEPEST = 16;

    private static final JsonMapper STRICT = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            // Looked for below, so that the message can say so.
            .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private JsonBody() {}

    /** @throws ProblemException 400 that names line and column, or what stands where an object is expected */
    static ObjectNode parse(byte @Nullable [] body) {
        JsonNode root = tree(body);
        if (root instanceof ObjectNode object) {
            return object;
        }
        throw Problem.of(
                        ProblemKind.INVALID_REQUEST,
                        List.of(FieldError.ofBody("must be a JSON object, not " + describe(root))))
                .asException();
    }

    /** What a value is, in words for a message: {@code a number}. */
    static String describe(JsonNode value) {
        JsonNodeType type = value.getNodeType();
        return switch (type) {
            case ARRAY -> "an array";
            case BOOLEAN -> "a boolean";
            case NULL -> "null";
            case NUMBER -> "a number";
            case OBJECT -> "an object";
            case STRING -> "a string";
            case BINARY, MISSING, POJO -> "nothing";
        };
    }

    private static JsonNode tree(byte @Nullable [] body) {
        try (JsonParser parser = STRICT.createParser(body == null ? new byte[0] : body)) {
            try {
                return tree(parser);
            } catch (StreamConstraintsException tooMuch) {
                throw malformed(
                        "is nested deeper than " + DEEPEST + " levels or holds an oversized value",
                        parser.currentLocation());
            } catch (JacksonException malformed) {
                boolean twice = malformed.getOriginalMessage().startsWith("Duplicate ");
                throw malformed(twice ? "names a field twice" : "is not valid JSON", malformed.getLocation());
            }
        }
    }

    private static JsonNode tree(JsonParser parser) {
        @Nullable JsonNode root = STRICT.readTree(parser);
        if (root == null || root.isMissingNode()) {
            throw Problem.of(ProblemKind.MALFORMED_JSON, "The body is empty; send a JSON object.")
                    .asException();
        }
        if (parser.nextToken() != null) {
            throw malformed("goes on after its end", parser.currentTokenLocation());
        }
        return root;
    }

    private static ProblemException malformed(String what, @Nullable TokenStreamLocation place) {
        if (place == null || place.getLineNr() < 1) {
            return Problem.of(ProblemKind.MALFORMED_JSON, "The body " + what + ".")
                    .asException();
        }
        return Problem.of(
                        ProblemKind.MALFORMED_JSON,
                        "The body " + what + " at line " + place.getLineNr() + ", column " + place.getColumnNr() + ".")
                .with("line", place.getLineNr())
                .with("column", place.getColumnNr())
                .asException();
    }
}
