package io.vmrestore.openstack.failure;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * What may be done about a failed request; the one place that decides it, for whoever repeats, waits or gives up. An
 * outage is no answer, so it counts for nothing; only a refusal is an answer that stays.
 */
public enum FailureClass {
    /**
     * The service gave no answer of its own: it is unreachable, cannot at the moment (429, 500, 502, 503, 504 and the
     * other 5xx of proxies), or Keystone gives no token for it. The same request is sent again when it is back.
     */
    OUTAGE,

    /** 409 because a thing is on its way from one state to another: the same request is sent again in a moment. */
    PASSING_STATE,

    /** An answer that would be the same the next time. */
    REFUSAL;

    /** 5xx that tell of the request and not of the moment: not implemented, HTTP version not supported. */
    private static final Set<Integer> LASTING = Set.of(501, 505);

    /**
     * What Nova, Cinder and Neutron say of things that are on their way: {@code while it is in task_state deleting},
     * {@code vm_state building}, {@code Expected: {'task_state': [None]}}, {@code Port … is still in use},
     * {@code status must be available … is: detaching}. A locked server, {@code vm_state stopped} or a name that exists
     * stay as they are.
     */
    private static final Pattern ON_ITS_WAY =
            Pattern.compile("\\btask_state\\b|\\bvm_state building\\b|\\bis still in use\\b|\\bdetaching\\b");

    /** Neutron's types of the same: a port that the former server has not let go yet. */
    private static final Set<String> HELD_FOR_A_MOMENT = Set.of("PortInUse");

    /** What this failure is. A taken address or MAC is a refusal: only a step knows whether its holder is leaving. */
    public static FailureClass of(CloudException failed) {
        return switch (failed) {
            case CloudException.Unavailable unavailable ->
                LASTING.contains(unavailable.call().status()) ? REFUSAL : OUTAGE;
            case CloudException.RateLimited _ -> OUTAGE;
            case CloudException.Conflict conflict -> onItsWay(conflict) ? PASSING_STATE : REFUSAL;
            case CloudException.QuotaExceeded _,
                    CloudException.NotFound _,
                    CloudException.Invalid _,
                    CloudException.Forbidden _,
                    CloudException.Unauthorized _,
                    CloudException.Misconfigured _ -> REFUSAL;
        };
    }

    private static boolean onItsWay(CloudException.Conflict conflict) {
        String type = conflict.type();
        return (type != null && HELD_FOR_A_MOMENT.contains(type))
                || ON_ITS_WAY.matcher(conflict.cloudMessage()).find();
    }
}
