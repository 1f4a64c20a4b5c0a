package io.vmrestore.common.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.Generated;
import io.vmrestore.common.contract.EventType;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.core.util.Separators.Spacing;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Keeps the published schemas what the records say. */
@Tag(Generated.TAG)
class SchemaFilesTest {
    private static final Path FILES = Path.of("src/main/resources/io/vmrestore/schemas");
    private static final JsonNode DEFINITIONS = present("definitions");

    @ParameterizedTest
    @EnumSource
    void theSchemaOfAnEventIsWrittenFromItsRecord(EventType type) throws IOException {
        hold(type.wireName(), SchemaFile.ofEvent(type.wireName(), type.record(), present(type.wireName())));
    }

    @Test
    void whatEventsShareIsWrittenFromItsRecordsAndEnumerations() throws IOException {
        Map<String, Class<?>> shared = new LinkedHashMap<>();
        Arrays.stream(EventType.values()).map(EventType::record).forEach(record -> collect(record, shared));
        ObjectNode definitions = Json.MAPPER.createObjectNode();
        JsonNode present = DEFINITIONS.path("$defs");
        present.propertyNames().stream()
                .filter(shared::containsKey)
                .forEach(name -> definitions.set(name, SchemaFile.ofDefinition(shared.get(name), present.get(name))));
        shared.forEach((name, type) -> {
            if (!definitions.has(name)) {
                definitions.set(name, SchemaFile.ofDefinition(type, present.path(name)));
            }
        });
        ObjectNode file = Json.MAPPER.createObjectNode();
        DEFINITIONS.properties().forEach(entry -> file.set(entry.getKey(), entry.getValue()));
        file.set("$defs", definitions);
        hold("definitions", file);
    }

    /** Of a reference the definition tells enough. */
    @Test
    void everyFieldIsTold() {
        Arrays.stream(EventType.values()).forEach(type -> requireWords(type.wireName(), present(type.wireName())));
        DEFINITIONS.path("$defs").properties().forEach(entry -> requireWords(entry.getKey(), entry.getValue()));
    }

    private static void requireWords(String name, JsonNode schema) {
        schema.path("properties")
                .properties()
                .forEach(property -> assertThat(property.getValue().has("$ref")
                                || !property.getValue()
                                        .path("description")
                                        .asString("")
                                        .isBlank())
                        .as("%s of %s has words", property.getKey(), name)
                        .isTrue());
    }

    private static void collect(Type type, Map<String, Class<?>> shared) {
        if (type instanceof ParameterizedType generic) {
            List.of(generic.getActualTypeArguments()).forEach(argument -> collect(argument, shared));
        } else if (type instanceof Class<?> plain && (plain.isEnum() || plain.isRecord())) {
            boolean event = Arrays.stream(EventType.values()).anyMatch(known -> known.record() == plain);
            if ((event || shared.put(plain.getSimpleName(), plain) == null) && plain.isRecord()) {
                Arrays.stream(plain.getRecordComponents())
                        .map(RecordComponent::getGenericType)
                        .forEach(component -> collect(component, shared));
            }
        }
    }

    private static void hold(String name, ObjectNode schema) throws IOException {
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter(
                        Separators.createDefaultInstance().withObjectNameValueSpacing(Spacing.AFTER))
                .withObjectIndenter(new DefaultIndenter("  ", "\n"))
                .withArrayIndenter(new DefaultIndenter("  ", "\n"));
        Generated.hold(file(name), Json.MAPPER.writer().with(printer).writeValueAsString(schema) + "\n");
    }

    private static JsonNode present(String name) {
        return Json.MAPPER.readTree(file(name));
    }

    private static Path file(String name) {
        return FILES.resolve(name + ".v1.json");
    }
}
