package io.vmrestore.embedded.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.embedded.DatabaseEndpoint;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.r2dbc.core.DatabaseClient;

@Timeout(120)
@SpringBootTest(
        properties = {
            // Nothing listens there: the fixture's connection details must win.
            "spring.kafka.bootstrap-servers=127.0.0.1:1",
            "spring.r2dbc.url=r2dbc:postgresql://127.0.0.1:1/none",
            "spring.flyway.locations=classpath:io/vmrestore/embedded/testing/migration"
        })
@Import({KafkaTestConfiguration.class, DatabaseTestConfiguration.class})
class SpringConnectionTest {
    @Autowired
    KafkaTemplate<String, String> kafka;

    @Autowired
    DatabaseClient database;

    @Autowired
    DatabaseEndpoint endpoint;

    @Test
    void connectsKafkaR2dbcAndFlyway() throws Exception {
        try (TestTopics topics = TestTopics.open()) {
            String topic = topics.create(TestTopics.uniqueName("spring"), 1);
            assertThat(kafka.send(topic, "key", "value")
                            .get(20, TimeUnit.SECONDS)
                            .getRecordMetadata()
                            .offset())
                    .isZero();
        }
        assertThat(database.sql("SELECT current_database() || ' ' || word FROM migrated")
                        .map(row -> row.get(0, String.class))
                        .one()
                        .block(Duration.ofSeconds(20)))
                .isEqualTo(endpoint.database() + " by Flyway");
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class Application {}
}
