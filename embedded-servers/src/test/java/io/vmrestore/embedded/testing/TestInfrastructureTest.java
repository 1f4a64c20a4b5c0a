package io.vmrestore.embedded.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmrestore.embedded.DatabaseEndpoint;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class TestInfrastructureTest {
    @Test
    void followsTheVariableAndOtherwiseTheEngine() {
        assertThat(TestInfrastructure.chooseContainers("containers", () -> false))
                .isTrue();
        assertThat(TestInfrastructure.chooseContainers("embedded", () -> true)).isFalse();
        assertThat(TestInfrastructure.chooseContainers("", () -> true)).isTrue();
        assertThat(TestInfrastructure.chooseContainers("", () -> false)).isFalse();
        assertThatThrownBy(() -> TestInfrastructure.chooseContainers("docker", () -> true))
                .hasMessage(
                        "RESTORE_TEST_INFRASTRUCTURE=docker is unknown: use containers or embedded, or leave it out");
    }

    @Test
    void givesEveryCallerADatabaseOfItsOwn() throws SQLException {
        DatabaseEndpoint one = TestInfrastructure.newDatabase();
        DatabaseEndpoint other = TestInfrastructure.newDatabase();
        try (Connection toOne = connect(one);
                Connection toOther = connect(other)) {
            toOne.createStatement().execute("CREATE TABLE same_name (id int)");
            toOther.createStatement().execute("CREATE TABLE same_name (id int)");
            assertThat(toOne.getCatalog()).isEqualTo(one.database()).isNotEqualTo(toOther.getCatalog());
        }
    }

    @Test
    void createsTopicsAndDeletesThem() throws Exception {
        String name = TestTopics.uniqueName("events");
        try (Admin admin = admin()) {
            try (TestTopics topics = TestTopics.open()) {
                topics.create(name, 3);
                assertThat(admin.describeTopics(Set.of(name))
                                .allTopicNames()
                                .get()
                                .get(name)
                                .partitions())
                        .hasSize(3);
            }
            assertThat(admin.listTopics().names().get()).doesNotContain(name);
        }
    }

    @Test
    void behavesAlikeInAContainerAndEmbedded() throws Exception {
        ConfigResource broker = new ConfigResource(ConfigResource.Type.BROKER, "1");
        try (Admin admin = admin()) {
            var config = admin.describeConfigs(Set.of(broker)).all().get().get(broker);
            assertThat(config.get("auto.create.topics.enable").value()).isEqualTo("false");
            assertThat(config.get("group.consumer.session.timeout.ms").value()).isEqualTo("6000");
            assertThat(config.get("transaction.state.log.num.partitions").value())
                    .isEqualTo("4");
        }
    }

    private static Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", TestInfrastructure.kafkaBootstrapServers()));
    }

    private static Connection connect(DatabaseEndpoint database) throws SQLException {
        return DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
    }
}
