package io.vmrestore.openstack.transport;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.openstack4j.core.transport.ObjectMapperSingleton;

/**
 * The cloud's own words in an error body, whatever its shape.
 *
 * @param message what it says; never empty
 * @param type Neutron's name of the error; null elsewhere
 * @param fault the key that Nova and Cinder wrap their message in, such as {@code overLimit}; empty elsewhere
 */
record ErrorText(String message, @Nullable String type, String fault) {

    private static final int LONGEST = 500;

    /** Nova and Cinder quote the offending value; for a server that is the whole request with its user_data. */
    private static final Pattern QUOTED_VALUE =
            Pattern.compile("^(Invalid input for field/attribute (\\S+))\\. Value: .*", Pattern.DOTALL);

    private static final Pattern REASON = Pattern.compile("' ([a-z][a-z ]{3,60})$");

    private static final Pattern HTML_HEAD =
            Pattern.compile("<(head|style|script)\\b.*?</\\1>", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

    static ErrorText of(byte[] body) {
        JsonNode json = json(body);
        if (json == null || !json.isObject()) {
            return new ErrorText(shown(withoutTags(new String(body, StandardCharsets.UTF_8))), null, "");
        }
        JsonNode neutron = json.path("NeutronError");
        if (!neutron.isMissingNode()) {
            return new ErrorText(
                    shown(
                            neutron.isTextual()
                                    ? neutron.asText()
                                    : neutron.path("message").asText()),
                    neutron.path("type").isTextual() ? neutron.path("type").asText() : null,
                    "NeutronError");
        }
        if (json.path("message").isTextual()) {
            return new ErrorText(shown(withoutTags(json.path("message").asText())), null, "");
        }
        return json.properties().stream()
                .filter(fault -> fault.getValue().path("message").isTextual())
                .findFirst()
                .map(fault ->
                        new ErrorText(shown(fault.getValue().path("message").asText()), null, fault.getKey()))
                .orElseGet(() -> new ErrorText(shown(firstDetail(json)), null, ""));
    }

    private static @Nullable JsonNode json(byte[] body) {
        try {
            return body.length == 0
                    ? null
                    : ObjectMapperSingleton.getContext(JsonNode.class).readTree(body);
        } catch (IOException e) {
            return null;
        }
    }

    /** The shape of the API working group: {@code {"errors": [{"title", "detail"}]}}. */
    private static String firstDetail(JsonNode json) {
        JsonNode error = json.path("errors").path(0);
        return error.path("detail").asText(error.path("title").asText(""));
    }

    private static String withoutTags(String html) {
        return HTML_HEAD.matcher(html).replaceAll(" ").replaceAll("<[^>]*>", " ");
    }

    private static String shown(String text) {
        String plain = withoutQuotedValue(text).replaceAll("\\s+", " ").strip();
        if (plain.isEmpty()) {
            return "no reason given";
        }
        return plain.length() <= LONGEST ? plain : plain.substring(0, wholeCharacters(plain)) + "...";
    }

    private static int wholeCharacters(String text) {
        return Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
    }

    private static String withoutQuotedValue(String text) {
        Matcher matcher = QUOTED_VALUE.matcher(text);
        if (!matcher.matches() || isHarmless(matcher.group(2), text)) {
            return text;
        }
        Matcher reason = REASON.matcher(text);
        return matcher.group(1) + " (value withheld)" + (reason.find() ? ": " + reason.group(1) : "");
    }

    private static boolean isHarmless(String attribute, String text) {
        return text.length() < LONGEST && !attribute.equals("server") && !attribute.equals("user_data");
    }
}
