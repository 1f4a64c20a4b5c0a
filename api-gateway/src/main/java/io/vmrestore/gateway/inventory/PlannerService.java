package io.vmrestore.gateway.inventory;

import io.vmrestore.common.codec.Json;
import io.vmrestore.common.contract.Failure;
import io.vmrestore.gateway.GatewaySettings;
import io.vmrestore.gateway.http.FailureProblems;
import io.vmrestore.gateway.upstream.Backends;
import io.vmrestore.gateway.upstream.EmptyAnswerException;
import io.vmrestore.gateway.upstream.InternalApis;
import io.vmrestore.support.access.Audience;
import io.vmrestore.support.api.InventoryApi;
import io.vmrestore.support.problem.Problem;
import io.vmrestore.support.problem.ProblemException;
import io.vmrestore.support.problem.ProblemKind;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClientResponseException;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the inventory from the planner service, which asks the cloud. Clients get its JSON unchanged; what the cloud
 * refused or did not answer becomes the problem that planning would give, and a planner service that is away 503 with
 * Retry-After, and a fault of its own 500. Each method fails with a {@link ProblemException}.
 */
@Component
public final class PlannerService {
    private static final Logger log = LoggerFactory.getLogger(PlannerService.class);

    private static final String SERVICE = "planner service, which reads the cloud,";

    /** The snapshots of a project with ten thousand of them stay below. */
    private static final int LARGEST_ANSWER_BYTES = 16 * 1024 * 1024;
    /** The cloud would not serve more people at once. */
    private static final int MOST_CONNECTIONS = 200;

    private static final int MOST_OF_ONE_PROJECT = 50;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final InventoryApi inventory;
    private final Duration timeout;
    private final Crowd crowd = new Crowd(MOST_OF_ONE_PROJECT);

    PlannerService(GatewaySettings settings, InternalApis apis) {
        this.timeout = settings.planner().timeout();
        this.inventory = apis.of(
                        Audience.PLANNER,
                        "planner-service",
                        settings.planner().url(),
                        timeout,
                        MOST_CONNECTIONS,
                        LARGEST_ANSWER_BYTES)
                .createClient(InventoryApi.class);
    }

    /** All projects, each with whether it can be restored. */
    public Mono<ObjectNode> projects() {
        return told(inventory.projects());
    }

    /** The VMs of a project. */
    public Mono<ObjectNode> vms(String projectId) {
        return crowd.joins(projectId, told(inventory.vms(projectId)));
    }

    /** The snapshots of a project that a VM can be restored to. */
    public Mono<ObjectNode> snapshots(String tenantName) {
        return crowd.joins(tenantName, told(inventory.snapshots(tenantName)));
    }

    /** The restore points of a VM. */
    public Mono<ObjectNode> restorePoints(String vmId, String projectId) {
        return crowd.joins(projectId, told(inventory.restorePoints(vmId, projectId)));
    }

    private Mono<ObjectNode> told(Mono<ObjectNode> answer) {
        return answer.timeout(timeout)
                .switchIfEmpty(Mono.error(EmptyAnswerException::new))
                .onErrorMap(PlannerService::problem);
    }

    private static Throwable problem(Throwable error) {
        if (error instanceof WebClientResponseException refusal) {
            return refused(refusal);
        }
        if (Backends.away(error)) {
            return unreachable(error);
        }
        if (Backends.garbled(error)) {
            log.error("The planner service's answer is not what was expected", error);
            return unavailable(Backends.notUnderstood(SERVICE));
        }
        return error;
    }

    private static ProblemException refused(WebClientResponseException refusal) {
        HttpStatusCode status = refusal.getStatusCode();
        if (Backends.faulty(refusal)) {
            return Backends.fault(SERVICE);
        }
        if (status.isSameCodeAs(HttpStatus.UNPROCESSABLE_CONTENT)) {
            Optional<Failure> failure = failure(refusal.getResponseBodyAsByteArray());
            if (failure.isPresent()) {
                return FailureProblems.of(failure.get(), ProblemKind.INVENTORY_FAILED)
                        .asException();
            }
        }
        return Backends.invalid(refusal).map(Problem::asException).orElseGet(() -> {
            String answered = Backends.answered(SERVICE, status);
            log.error(answered);
            return unavailable(answered);
        });
    }

    private static Optional<Failure> failure(byte[] answer) {
        try {
            JsonNode body = Json.MAPPER.readTree(answer);
            return body.hasNonNull("kind") && body.hasNonNull("message")
                    ? Optional.of(Json.MAPPER.treeToValue(body, Failure.class))
                    : Optional.empty();
        } catch (JacksonException notOurs) {
            return Optional.empty();
        }
    }

    private static ProblemException unreachable(Throwable error) {
        log.warn("The planner service cannot be asked: {}", error.toString());
        Backends.Unanswered why = Backends.Unanswered.of(error);
        return unavailable("The planner service, which reads the cloud, does not answer at the moment " + why.reason()
                + "; try again. " + why.remedy());
    }

    private static ProblemException unavailable(String detail) {
        return Problem.of(ProblemKind.INVENTORY_UNAVAILABLE, detail)
                .retryAfter(RETRY_AFTER)
                .asException();
    }
}
