package io.vmrestore.gateway.http;

import io.swagger.v3.core.util.Yaml31;
import io.swagger.v3.oas.models.OpenAPI;
import java.io.IOException;
import java.io.InputStream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;

/**
 * Serves {@code api-gateway-openapi.yml} at /openapi.json and a page to read it at /docs. The document is written by
 * hand, since most answers are other services' JSON that passes through; tests hold it against the routes and the
 * contract.
 */
@Configuration(proxyBeanMethods = false)
class DocumentationConfiguration {

    @Bean
    OpenAPI document(@Value("classpath:api-gateway-openapi.yml") Resource source) throws IOException {
        try (InputStream yaml = source.getInputStream()) {
            return Yaml31.mapper().readValue(yaml, OpenAPI.class);
        }
    }
}
