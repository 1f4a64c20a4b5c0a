package io.vmrestore.openstack.transport;

import io.vmrestore.openstack.failure.FailedCall;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What became of one caller's requests: the ids under which services logged the changing ones, and which have had no
 * answer so far. Bounded, so that a long poll cannot fill it.
 */
public final class RequestTrail {

    private static final int KEPT = 50;

    private final Deque<String> ids = new ArrayDeque<>();
    private final Map<Key, Instant> unanswered = new LinkedHashMap<>();

    synchronized void add(String id) {
        if (ids.size() == KEPT) {
            ids.removeFirst();
        }
        ids.addLast(id);
    }

    /** The ids, oldest first. */
    public synchronized List<String> ids() {
        return List.copyOf(ids);
    }

    /** The service has answered this request, whatever it said. */
    synchronized void answered(String service, String method, String path) {
        unanswered.remove(new Key(service, method, path));
    }

    /** It has not; what counts is when the first of these requests in a row was sent. */
    synchronized void unanswered(String service, String method, String path, Instant sent) {
        if (unanswered.size() == KEPT) {
            unanswered.remove(unanswered.keySet().iterator().next());
        }
        unanswered.putIfAbsent(new Key(service, method, path), sent);
    }

    /** Since when this request has had no answer, however often it was sent; empty if it has one by now. */
    public synchronized Optional<Instant> unansweredSince(FailedCall call) {
        return Optional.ofNullable(unanswered.get(new Key(call.service(), call.method(), call.path())));
    }

    private record Key(String service, String method, String path) {}
}
