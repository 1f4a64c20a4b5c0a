package io.vmrestore.embedded.testing;

import io.r2dbc.spi.ConnectionFactoryOptions;
import io.vmrestore.embedded.DatabaseEndpoint;
import org.springframework.boot.flyway.autoconfigure.FlywayConnectionDetails;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcConnectionDetails;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * {@code @Import(DatabaseTestConfiguration.class)} connects R2DBC and Flyway of a {@code @SpringBootTest} to a database
 * of its own on {@link TestInfrastructure}'s server: a new one for every application context, where a
 * {@code @ServiceConnection} container would give all contexts the same. The endpoint is a bean for tests that look
 * into the tables themselves.
 */
@TestConfiguration(proxyBeanMethods = false)
public class DatabaseTestConfiguration {
    @Bean
    DatabaseEndpoint testDatabase() {
        return TestInfrastructure.newDatabase();
    }

    @Bean
    R2dbcConnectionDetails testR2dbcConnectionDetails(DatabaseEndpoint database) {
        ConnectionFactoryOptions options = ConnectionFactoryOptions.parse(database.r2dbcUrl())
                .mutate()
                .option(ConnectionFactoryOptions.USER, database.user())
                .option(ConnectionFactoryOptions.PASSWORD, database.password())
                .build();
        return () -> options;
    }

    /** Flyway's configuration is active only with a data source, a URL or this; it makes no data source by itself. */
    @Bean
    JdbcConnectionDetails testJdbcConnectionDetails(DatabaseEndpoint database) {
        return new JdbcConnectionDetails() {
            @Override
            public String getUsername() {
                return database.user();
            }

            @Override
            public String getPassword() {
                return database.password();
            }

            @Override
            public String getJdbcUrl() {
                return database.jdbcUrl();
            }
        };
    }

    @Bean
    FlywayConnectionDetails testFlywayConnectionDetails(DatabaseEndpoint database) {
        return new FlywayConnectionDetails() {
            @Override
            public String getUsername() {
                return database.user();
            }

            @Override
            public String getPassword() {
                return database.password();
            }

            @Override
            public String getJdbcUrl() {
                return database.jdbcUrl();
            }
        };
    }
}
