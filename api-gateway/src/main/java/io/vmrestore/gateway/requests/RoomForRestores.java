package io.vmrestore.gateway.requests;

import io.vmrestore.gateway.GatewaySettings;
import io.vmrestore.support.api.AdmissionAnswer;
import io.vmrestore.support.api.AdmissionQuestion;
import io.vmrestore.support.problem.Problem;
import io.vmrestore.support.problem.ProblemKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * What this gateway has let in and the status service does not show yet, so that the status service counts it against
 * the limits. A request takes its place before it is asked about and names all who came before it. So one gateway
 * exceeds no limit; several exceed it together by no more than what they accept in the moment until the status service
 * shows it.
 */
@Component
final class RoomForRestores {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
    /** A request that is not shown for so long will not be: dispatch refused it, and another one after it. */
    private static final Duration SHOWN_WITHIN = Duration.ofMinutes(5);
    /** As many as the status service takes at once, and the body holds; the others are told as numbers. */
    private static final int MOST_NAMED = 1000;

    private final GatewaySettings.Limits limits;
    private final Clock clock;
    /** The oldest first. */
    private final Set<Place> places = new LinkedHashSet<>();

    @Autowired
    RoomForRestores(GatewaySettings settings, Clock clock) {
        this(settings.limits(), clock);
    }

    RoomForRestores(GatewaySettings.Limits limits, Clock clock) {
        this.limits = limits;
        this.clock = clock;
    }

    /** The place of one request, which counts until the status service shows it or it is given back. */
    final class Place {
        private final Instant since;
        private final List<AcceptedRequest> before;
        private AcceptedRequest request;

        private Place(AcceptedRequest request, Instant since, List<AcceptedRequest> before) {
            this.request = request;
            this.since = since;
            this.before = before;
        }

        /** Who came before, as far as one question names them. */
        List<AdmissionQuestion.Accepted> named() {
            return before.stream()
                    .limit(MOST_NAMED)
                    .map(accepted -> new AdmissionQuestion.Accepted(
                            accepted.jobId(), accepted.executionId(), accepted.projectId()))
                    .toList();
        }

        /** How many more came before, by project; an empty name stands for projects that are not known. */
        Map<String, Integer> others() {
            return before.stream()
                    .skip(MOST_NAMED)
                    .collect(Collectors.groupingBy(
                            accepted -> Objects.requireNonNullElse(accepted.projectId(), ""),
                            Collectors.summingInt(_ -> 1)));
        }

        /** What the request turned out to be: perhaps the repeat of one that has a place already. */
        void is(AcceptedRequest known) {
            synchronized (RoomForRestores.this) {
                if (places.remove(this) && places.stream().noneMatch(other -> other.isOf(known.id()))) {
                    request = known;
                    places.add(this);
                }
            }
        }

        /** The request is not published after all. */
        void giveBack() {
            synchronized (RoomForRestores.this) {
                places.remove(this);
            }
        }

        private boolean isOf(UUID id) {
            return request.id().equals(id);
        }
    }

    /** Takes a place behind all others. */
    synchronized Place take(AcceptedRequest request) {
        Instant now = clock.instant();
        places.removeIf(place -> place.since.plus(SHOWN_WITHIN).isBefore(now));
        Place place = new Place(
                request, now, places.stream().map(other -> other.request).toList());
        places.add(place);
        return place;
    }

    /** The status service counts these requests by itself from now on, or they are over. */
    synchronized void shown(Set<UUID> ids) {
        places.removeIf(place -> ids.contains(place.request.id()));
    }

    /** How many restores may be at work. */
    AdmissionQuestion.Limits limits() {
        return new AdmissionQuestion.Limits(limits.active(), limits.activePerProject());
    }

    /** The problem that a limit is reached, to be told about a request that was not admitted. */
    Problem none(AdmissionAnswer answer, String projectId) {
        boolean project = answer.total() < limits.active();
        long active = project ? answer.inProject() : answer.total();
        int allowed = project ? limits.activePerProject() : limits.active();
        String setting = project ? "RESTORE_MAX_ACTIVE_PER_PROJECT" : "RESTORE_MAX_ACTIVE";
        String place = project ? "Project " + projectId : "The system";
        String list = project ? "?project_id=" + projectId + "&status=RUNNING" : "?status=RUNNING";
        Problem problem = Problem.of(
                        ProblemKind.TOO_MANY_RESTORES,
                        place + " has " + active + " restores at work, and " + setting + " allows " + allowed
                                + ". Try again when one of them has ended, or cancel one; GET /restore/jobs" + list
                                + " lists them.")
                .with("limit", setting)
                .with("allowed", allowed)
                .with("active", active)
                .retryAfter(RETRY_AFTER);
        return project ? problem.with("project_id", projectId) : problem;
    }
}
