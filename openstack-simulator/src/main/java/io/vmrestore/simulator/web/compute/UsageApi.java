package io.vmrestore.simulator.web.compute;

import io.vmrestore.simulator.cloud.Cloud;
import io.vmrestore.simulator.cloud.compute.Server;
import io.vmrestore.simulator.engine.Refused;
import io.vmrestore.simulator.web.Answer;
import io.vmrestore.simulator.web.Call;
import io.vmrestore.simulator.web.Json;
import io.vmrestore.simulator.web.Routes;
import io.vmrestore.simulator.web.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** {@code /os-simple-tenant-usage}: how long each project had how much, in hours. */
final class UsageApi {
    private static final double SECONDS_PER_HOUR = 3600;
    private static final Duration USUAL = Duration.ofDays(28);

    private final Cloud cloud;

    UsageApi(Cloud cloud) {
        this.cloud = cloud;
    }

    void register(Routes routes) {
        routes.get("/os-simple-tenant-usage", this::list).get("/os-simple-tenant-usage/{project}", this::show);
    }

    /** A stretch of time, both ends included. */
    private record Span(Instant start, Instant end) {
        double hours(Server server) {
            Instant begin = server.createdAt().isAfter(start) ? server.createdAt() : start;
            return begin.isBefore(end) ? Duration.between(begin, end).toSeconds() / SECONDS_PER_HOUR : 0;
        }
    }

    private Answer list(Call call) {
        Policies.requireAdmin(call, "os_compute_api:os-simple-tenant-usage:list");
        Span span = span(call);
        boolean detailed = "1".equals(call.query("detailed"));
        List<ObjectNode> usages = cloud.servers()
                .all()
                .filter(Server::exists)
                .map(Server::projectId)
                .distinct()
                .map(project -> usage(project, span, detailed))
                .toList();
        return Answer.ok(Json.object("tenant_usages", Json.array(usages)));
    }

    private Answer show(Call call) {
        String project = call.path("project");
        if (!call.caller().sees(project)) {
            throw Refused.forbidden("Policy doesn't allow os_compute_api:os-simple-tenant-usage:show to be performed.");
        }
        boolean any = cloud.servers()
                .all()
                .anyMatch(server -> server.exists() && server.projectId().equals(project));
        return Answer.ok(Json.object("tenant_usage", any ? usage(project, span(call), true) : Json.object()));
    }

    private ObjectNode usage(String project, Span span, boolean detailed) {
        List<Server> servers = cloud.servers()
                .all()
                .filter(server -> server.exists() && server.projectId().equals(project))
                .toList();
        ObjectNode view = Json.object()
                .put("tenant_id", project)
                .put(
                        "total_local_gb_usage",
                        total(servers, span, server -> server.spec().flavor().disk()))
                .put(
                        "total_vcpus_usage",
                        total(servers, span, server -> server.spec().flavor().vcpus()))
                .put(
                        "total_memory_mb_usage",
                        total(servers, span, server -> server.spec().flavor().ram()))
                .put("total_hours", total(servers, span, server -> 1))
                .put("start", Timestamps.fresh(span.start()))
                .put("stop", Timestamps.fresh(span.end()));
        if (detailed) {
            view.set(
                    "server_usages",
                    Json.array(
                            servers.stream().map(server -> view(server, span)).toList()));
        }
        return view;
    }

    private ObjectNode view(Server server, Span span) {
        return Json.object()
                .put("instance_id", server.id())
                .put("name", server.name())
                .put("hours", span.hours(server))
                .put("tenant_id", server.projectId())
                .put("flavor", server.spec().flavor().name())
                .put("vcpus", server.spec().flavor().vcpus())
                .put("memory_mb", server.spec().flavor().ram())
                .put("local_gb", server.spec().flavor().disk())
                .put("state", server.state().vmState().text())
                .put("started_at", Timestamps.stored(server.createdAt()))
                .put("ended_at", Timestamps.stored(server.state().terminatedAt()))
                .put(
                        "uptime",
                        Duration.between(server.createdAt(), cloud.engine().now())
                                .toSeconds());
    }

    private static double total(List<Server> servers, Span span, ToDoubleFunction<Server> amount) {
        return servers.stream()
                .mapToDouble(server -> span.hours(server) * amount.applyAsDouble(server))
                .sum();
    }

    private Span span(Call call) {
        Instant end = time(call.query("end"), cloud.engine().now());
        Instant start = time(call.query("start"), end.minus(USUAL));
        if (start.isAfter(end)) {
            throw Refused.badRequest("Invalid start time. The start time cannot occur after the end time.");
        }
        return new Span(start, end);
    }

    private static Instant time(@Nullable String text, Instant usual) {
        if (text == null) {
            return usual;
        }
        try {
            return text.length() == "2026-01-01".length()
                    ? LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC)
                    : LocalDateTime.parse(text.replace(' ', 'T')).toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException e) {
            throw Refused.badRequest("Datetime is in invalid format");
        }
    }
}
