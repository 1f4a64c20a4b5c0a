package io.vmrestore.common.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.contract.EventType;
import io.vmrestore.common.contract.Topics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The description that subscribers read says what is really published. */
class AsyncApiTest {
    private final JsonNode document = new YAMLMapper().readTree(Samples.resource("/io/vmrestore/asyncapi.yaml"));
    private final JsonNode channel = document.at("/channels/restoreEvents");

    @Test
    void itDescribesTheEventTopic() {
        assertThat(document.get("asyncapi").asString()).startsWith("3.");
        assertThat(channel.get("address").asString()).isEqualTo(Topics.EVENTS);
        assertThat(channel.at("/bindings/kafka/topic").asString()).isEqualTo(Topics.EVENTS);
        assertThat(document.at("/operations/receiveRestoreEvents/channel/$ref").asString())
                .isEqualTo("#/channels/restoreEvents");
    }

    @Test
    void itDescribesEveryEventTypeWithItsSchema() {
        List<String> types =
                Stream.of(EventType.values()).map(EventType::wireName).toList();
        assertThat(channel.get("messages").propertyNames()).containsExactlyElementsOf(types);
        JsonNode messages = document.at("/components/messages");
        assertThat(messages.propertyNames()).containsExactlyElementsOf(types);
        Stream.of(EventType.values()).forEach(type -> {
            JsonNode message = messages.get(type.wireName());
            assertThat(message.get("name").asString()).isEqualTo(EventCodec.typeName(type));
            assertThat(message.at("/payload/schema/$ref").asString())
                    .isEqualTo("schemas/" + type.wireName() + ".v1.json");
            assertThat(message.get("summary"))
                    .isEqualTo(Json.MAPPER.readTree(Samples.schemaOf(type)).get("description"));
        });
    }

    @Test
    void itDescribesTheHeadersOfARecord() {
        JsonNode headers = document.at("/components/messageTraits/cloudEvent/headers");
        List<String> sent = Arrays.stream(EventCodec.encode(Samples.decoded(EventType.RESTORE_REQUESTED))
                        .headers()
                        .toArray())
                .map(Header::key)
                .toList();
        assertThat(headers.get("properties").propertyNames()).containsExactlyInAnyOrderElementsOf(sent);
        assertThat(headers.get("required").valueStream().map(JsonNode::asString))
                .containsExactlyInAnyOrderElementsOf(sent);
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        List<String> references = new ArrayList<>();
        collect(document, references);
        assertThat(references).hasSizeGreaterThan(EventType.values().length * 3).allSatisfy(reference -> {
            if (reference.startsWith("#")) {
                assertThat(document.at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse();
            } else {
                assertThat(Samples.resource("/io/vmrestore/" + reference)).isNotBlank();
            }
        });
    }

    private static void collect(JsonNode node, List<String> references) {
        if (node.has("$ref")) {
            references.add(node.get("$ref").asString());
        }
        node.forEach(child -> collect(child, references));
    }
}
