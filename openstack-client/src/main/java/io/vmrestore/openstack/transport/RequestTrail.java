package io.vmrestore.openstack.transport;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The ids under which services logged our last changing requests. Bounded, so that a long poll cannot fill it. */
public final class RequestTrail {

    private static final int KEPT = 50;

    private final Deque<String> ids = new ArrayDeque<>();

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
}
