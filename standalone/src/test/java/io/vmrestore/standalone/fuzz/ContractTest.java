package io.vmrestore.standalone.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The judge of answers itself: it sees what is wrong, and only that. */
class ContractTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final JsonNode DOCUMENT = JSON.readTree("""
        {"components": {"schemas": {
          "Job": {"allOf": [{"$ref": "#/components/schemas/Named"},
            {"type": "object", "required": ["steps", "plan"], "properties": {
              "steps": {"type": "array", "items": {"type": "string", "enum": ["A", "B"]}},
              "plan": {"oneOf": [{"$ref": "#/components/schemas/Named"}, {"type": "null"}]}}}]},
          "Named": {"type": "object", "required": ["name"], "properties": {
            "name": {"type": "string"}, "size": {"type": ["integer", "null"]}, "on": {"type": "boolean"}}}}}}
        """);
    private static final JsonNode SCHEMA = JSON.readTree("{\"$ref\": \"#/components/schemas/Job\"}");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"name\": \"a\", \"steps\": [\"A\"], \"plan\": null, \"more\": 1} | ``",
                "{\"name\": \"a\", \"size\": null, \"steps\": [], \"plan\": {\"name\": \"b\"}} | ``",
                "{\"steps\": [], \"plan\": null} | /name is missing",
                "{\"name\": \"a\", \"steps\": []} | /plan is missing",
                "{\"name\": null, \"steps\": [], \"plan\": null} | /name is no [string]: null",
                "{\"name\": \"a\", \"size\": 1.5, \"steps\": [], \"plan\": null} | /size is no [integer, null]: 1.5",
                "{\"name\": \"a\", \"steps\": [\"C\"], \"plan\": null} | /steps/… is not of the enum: \"C\"",
                "{\"name\": \"a\", \"on\": \"x\", \"steps\": [], \"plan\": null} | /on is no [boolean]: \"x\"",
                "{\"name\": \"a\", \"steps\": [], \"plan\": {}} | /plan is none of what it may be: {}"
            })
    void seesWhatIsWrong(String value, String wrong) {
        assertThat(new Contract(DOCUMENT).wrong(JSON.readTree(value), SCHEMA, ""))
                .isEqualTo(wrong.isEmpty() ? List.of() : List.of(wrong));
    }
}
