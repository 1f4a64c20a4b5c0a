package io.vmrestore.status.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmrestore.common.codec.Json;
import io.vmrestore.status.testing.StatusService;
import io.vmrestore.status.testing.Tokens;
import io.vmrestore.support.api.JobListParameter;
import io.vmrestore.support.api.JobPage;
import io.vmrestore.support.api.JobsApi;
import io.vmrestore.support.api.Milestone;
import io.vmrestore.support.api.RebuildApi;
import io.vmrestore.support.api.RequestClaim;
import io.vmrestore.support.api.RequestsApi;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.http.codec.json.JacksonJsonDecoder;
import org.springframework.http.codec.json.JacksonJsonEncoder;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientResponseException;
import org.springframework.web.reactive.function.client.support.WebClientAdapter;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;
import tools.jackson.databind.JsonNode;

/** The running service answers what the interfaces say that the gateway calls it by. */
class InternalInterfaceTest {
    private final StatusService service = StatusService.shared();

    private <A> A client(Class<A> api) {
        WebClient client = WebClient.builder()
                .baseUrl("http://127.0.0.1:" + service.port())
                .defaultHeaders(headers -> headers.setBearerAuth(Tokens.of("superadmin")))
                .codecs(codecs -> {
                    codecs.defaultCodecs().jacksonJsonDecoder(new JacksonJsonDecoder(Json.MAPPER));
                    codecs.defaultCodecs().jacksonJsonEncoder(new JacksonJsonEncoder(Json.MAPPER));
                })
                .build();
        return HttpServiceProxyFactory.builderFor(WebClientAdapter.create(client))
                .build()
                .createClient(api);
    }

    @Test
    void readsAJobWithAndWithoutAWait() {
        UUID id = UUID.randomUUID();
        JobsApi jobs = client(JobsApi.class);
        assertThatThrownBy(() -> jobs.job(id, null, null, null, null).block())
                .isInstanceOf(WebClientResponseException.NotFound.class);
        for (Milestone milestone : Milestone.values()) {
            UUID execution = milestone == Milestone.ADMITTED ? UUID.randomUUID() : null;
            assertThatThrownBy(() -> jobs.job(id, milestone.wireName(), execution, 1L, 1L)
                            .block())
                    .isInstanceOf(WebClientResponseException.NotFound.class);
        }
    }

    @Test
    void listsJobsByEveryParameter() {
        MultiValueMap<String, String> parameters = new LinkedMultiValueMap<>();
        for (JobListParameter parameter : JobListParameter.values()) {
            String value = switch (parameter) {
                case STATUS -> "RUNNING";
                case MODE -> "NEW";
                case VM_ID, PROJECT_ID, REQUESTED_BY -> "a & b+c%";
                case CREATED_AFTER, CREATED_BEFORE -> "2026-11-22T18:30:00Z";
                case LIMIT -> "5";
                case WITH_COUNT -> "true";
                case MARKER -> "";
            };
            if (!value.isEmpty()) {
                parameters.set(parameter.wireName(), value);
            }
        }
        JobPage<JsonNode> page =
                Objects.requireNonNull(client(JobsApi.class).list(parameters).block());
        assertThat(page.jobs().isArray()).isTrue();
        assertThat(page.count()).isZero();
        assertThat(page.nextMarker()).isNull();
    }

    @Test
    void claimsRequests() {
        Instant now = Instant.parse("2026-11-22T18:30:00Z");
        RequestClaim wanted = new RequestClaim(
                "key-" + UUID.randomUUID(), "0".repeat(64), UUID.randomUUID(), now, now.plusSeconds(60), false);
        assertThat(client(RequestsApi.class).claim(wanted).block()).isEqualTo(wanted);
    }

    @Test
    void tellsOfRebuilding() {
        assertThatThrownBy(() -> client(RebuildApi.class).newest().block())
                .isInstanceOf(WebClientResponseException.NotFound.class)
                .satisfies(refusal -> assertThat(((WebClientResponseException) refusal).getResponseBodyAsString())
                        .contains("urn:vm-restore:problem:not-found"));
    }
}
