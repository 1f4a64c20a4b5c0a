package io.vmrestore.gateway.limit;

import io.vmrestore.gateway.GatewaySettings;
import io.vmrestore.gateway.http.Problem;
import io.vmrestore.gateway.http.ProblemException;
import io.vmrestore.gateway.http.ProblemKind;
import io.vmrestore.gateway.jobs.AcceptedRequest;
import io.vmrestore.gateway.jobs.ActiveRestores;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Counts restores at work against the limits: those that the status service shows, and those that this gateway has
 * accepted and the status service does not show yet. So one gateway exceeds no limit; several exceed it together by no
 * more than what they accept in the moment until the status service shows it.
 */
@Component
final class RoomForRestores {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    /** A request that is not shown for so long will not be: dispatch refused it, and another one after it. */
    private static final Duration SHOWN_WITHIN = Duration.ofMinutes(5);

    /** As many as the status service takes at once, and the body holds; the others count and are asked about later. */
    private static final int MOST_ASKED = 1000;

    private final GatewaySettings.Limits limits;
    private final Clock clock;
    /** The oldest first; no more than the limit, because each counts. */
    private final Map<AcceptedRequest, Instant> notShown = new LinkedHashMap<>();

    @Autowired
    RoomForRestores(GatewaySettings settings, Clock clock) {
        this(settings.limits(), clock);
    }

    RoomForRestores(GatewaySettings.Limits limits, Clock clock) {
        this.limits = limits;
        this.clock = clock;
    }

    /** The accepted requests that the status service has to be asked about. */
    synchronized List<AcceptedRequest> unknown() {
        return notShown.keySet().stream().limit(MOST_ASKED).toList();
    }

    /** Whether this very request was accepted a moment ago. */
    synchronized boolean has(AcceptedRequest request) {
        return notShown.containsKey(request);
    }

    /**
     * Takes the request in.
     *
     * @param active what the status service answered about {@link #unknown()}
     * @throws ProblemException 429 if a limit is reached
     */
    synchronized void take(AcceptedRequest request, ActiveRestores active) {
        Instant now = clock.instant();
        notShown.values().removeIf(since -> since.plus(SHOWN_WITHIN).isBefore(now));
        notShown.keySet().removeIf(accepted -> active.shown().contains(accepted.id()));
        if (notShown.containsKey(request)) {
            return;
        }
        requireRoom(active.total() + notShown.size(), limits.active(), "RESTORE_MAX_ACTIVE", request, false);
        long inProject = notShown.keySet().stream()
                .filter(accepted -> accepted.projectId().equals(request.projectId()))
                .count();
        requireRoom(
                active.inProject() + inProject,
                limits.activePerProject(),
                "RESTORE_MAX_ACTIVE_PER_PROJECT",
                request,
                true);
        notShown.put(request, now);
    }

    /** The request was not published after all. */
    synchronized void giveBack(AcceptedRequest request) {
        notShown.remove(request);
    }

    private static void requireRoom(
            long active, int allowed, String setting, AcceptedRequest request, boolean project) {
        if (active < allowed) {
            return;
        }
        String place = project ? "Project " + request.projectId() : "The system";
        String list = project ? "?project_id=" + request.projectId() + "&status=RUNNING" : "?status=RUNNING";
        Problem problem = Problem.of(
                        ProblemKind.TOO_MANY_RESTORES,
                        place + " has " + active + " restores at work, and " + setting + " allows " + allowed
                                + ". Try again when one of them has ended, or cancel one; GET /restore/jobs" + list
                                + " lists them.")
                .with("limit", setting)
                .with("allowed", allowed)
                .with("active", active)
                .retryAfter(RETRY_AFTER);
        throw (project ? problem.with("project_id", request.projectId()) : problem).asException();
    }
}
