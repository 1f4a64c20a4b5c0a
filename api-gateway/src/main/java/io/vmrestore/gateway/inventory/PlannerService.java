package io.vmrestore.gateway.inventory;

import io.vmrestore.common.codec.Json;
import io.vmrestore.common.contract.Failure;
import io.vmrestore.gateway.GatewaySettings;
import io.vmrestore.gateway.access.OnBehalfOfCaller;
import io.vmrestore.gateway.http.FailureProblems;
import io.vmrestore.gateway.http.Problem;
import io.vmrestore.gateway.http.ProblemException;
import io.vmrestore.gateway.http.ProblemKind;
import io.vmrestore.gateway.upstream.Upstream;
import io.vmrestore.support.http.HttpClients;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriBuilder;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the inventory from the planner service, which asks the cloud. Clients get its JSON unchanged; what the cloud
 * refused or did not answer becomes the problem that planning would give, and a planner service that is away 503 with
 * Retry-After. Each method fails with a {@link ProblemException}.
 */
@Component
public final class PlannerService {
    private static final Logger log = LoggerFactory.getLogger(PlannerService.class);

    /** The snapshots of a project with ten thousand of them stay below. */
    private static final int LARGEST_ANSWER_BYTES = 16 * 1024 * 1024;
    /** The cloud would not serve more people at once. */
    private static final int MOST_CONNECTIONS = 200;

    private static final int MOST_OF_ONE_PROJECT = 50;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final Upstream service;
    private final Duration timeout;
    private final Crowd crowd = new Crowd(MOST_OF_ONE_PROJECT);

    PlannerService(GatewaySettings settings, HttpClients clients, OnBehalfOfCaller onBehalf) {
        this.timeout = settings.planner().timeout();
        this.service = new Upstream(
                "planner-service",
                settings.planner().url(),
                timeout,
                MOST_CONNECTIONS,
                LARGEST_ANSWER_BYTES,
                clients,
                onBehalf);
    }

    /** All projects, each with whether it can be restored. */
    public Mono<ObjectNode> projects() {
        return get(uri -> uri.path("/internal/projects").build());
    }

    /** The VMs of a project. */
    public Mono<ObjectNode> vms(String projectId) {
        return crowd.joins(
                projectId, get(uri -> uri.path("/internal/projects/{id}/vms").build(projectId)));
    }

    /** The snapshots of a project that a VM can be restored to. */
    public Mono<ObjectNode> snapshots(String tenantName) {
        return crowd.joins(
                tenantName,
                get(uri -> uri.path("/internal/snapshots")
                        .queryParam("tenant_name", "{name}")
                        .build(tenantName)));
    }

    /** The restore points of a VM. */
    public Mono<ObjectNode> restorePoints(String vmId, String projectId) {
        return crowd.joins(
                projectId,
                get(uri -> uri.path("/internal/vms/{vm}/restore-points")
                        .queryParam("project_id", "{project}")
                        .build(vmId, projectId)));
    }

    private Mono<ObjectNode> get(Function<UriBuilder, URI> uri) {
        return service.get(uri, timeout).onErrorMap(PlannerService::unreachable).flatMap(PlannerService::object);
    }

    private static Mono<ObjectNode> object(Upstream.Answer answer) {
        if (answer.status().is2xxSuccessful() && answer.body() instanceof ObjectNode object) {
            return Mono.just(object);
        }
        if (answer.status().isSameCodeAs(HttpStatus.UNPROCESSABLE_CONTENT)) {
            Optional<Problem> failure =
                    failure(answer.body()).map(told -> FailureProblems.of(told, ProblemKind.INVENTORY_FAILED));
            if (failure.isPresent()) {
                return Mono.error(failure.get().asException());
            }
        }
        if (answer.status().isSameCodeAs(HttpStatus.UNAUTHORIZED)) {
            log.error(
                    "The planner service does not accept this gateway's tokens: RESTORE_JWT_SECRET or the clocks of the"
                            + " two differ");
        } else {
            log.warn(
                    "The planner service answered with HTTP status {}",
                    answer.status().value());
        }
        return Mono.error(unavailable());
    }

    private static Optional<Failure> failure(@Nullable JsonNode body) {
        try {
            return body != null && body.hasNonNull("kind") && body.hasNonNull("message")
                    ? Optional.of(Json.MAPPER.treeToValue(body, Failure.class))
                    : Optional.empty();
        } catch (JacksonException notOurs) {
            return Optional.empty();
        }
    }

    private static ProblemException unreachable(Throwable error) {
        log.warn("The planner service cannot be asked: {}", error.toString());
        return unavailable();
    }

    private static ProblemException unavailable() {
        return Problem.of(
                        ProblemKind.INVENTORY_UNAVAILABLE,
                        "The planner service, which reads the cloud, does not answer at the moment; try again.")
                .retryAfter(RETRY_AFTER)
                .asException();
    }
}
