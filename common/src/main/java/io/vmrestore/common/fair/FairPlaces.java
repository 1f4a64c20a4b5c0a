package io.vmrestore.common.fair;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;

/**
 * Places to work at, shared among groups such as projects. A group takes another place only while it has fewer than
 * three times as many as are free. So one group alone takes three quarters of all, several slow ones leave room as
 * well, and a group that has none finds one; who waits holds no place and delays no other group.
 */
public final class FairPlaces {
    /** How many times as many places as are free a group may have. */
    private static final int SHARE = 3;

    /** Last the one that got a place last, so that of equals all come to their turn. */
    private final Map<Object, Group> groups = new LinkedHashMap<>();

    private int free;

    /** @param places how many may work at once */
    public FairPlaces(int places) {
        if (places < 1) {
            throw new IllegalArgumentException("There must be at least one place, not " + places);
        }
        free = places;
    }

    /** A place that was taken; closing gives it back, once. */
    public final class Place implements AutoCloseable {
        private final Group group;
        private boolean taken = true;

        private Place(Group group) {
            this.group = group;
        }

        @Override
        public void close() {
            synchronized (FairPlaces.this) {
                if (taken) {
                    taken = false;
                    giveBack(group);
                }
            }
        }
    }

    /**
     * Waits until there is a place for the group; within a group, in the order of asking.
     *
     * @param name tells groups apart
     */
    public Place take(Object name) throws InterruptedException {
        Group group;
        CountDownLatch turn = new CountDownLatch(1);
        synchronized (this) {
            group = groups.computeIfAbsent(name, Group::new);
            group.waiting.add(turn);
            handOut();
        }
        try {
            turn.await();
        } catch (InterruptedException stopped) {
            leave(group, turn);
            throw stopped;
        }
        return new Place(group);
    }

    /** How many wait for a place. */
    public synchronized int waiting() {
        return groups.values().stream().mapToInt(group -> group.waiting.size()).sum();
    }

    private synchronized void leave(Group group, CountDownLatch turn) {
        if (!group.waiting.remove(turn)) {
            giveBack(group);
        } else if (group.idle()) {
            groups.remove(group.name);
        }
    }

    private void giveBack(Group group) {
        free++;
        group.atWork--;
        if (group.idle()) {
            groups.remove(group.name);
        }
        handOut();
    }

    /** To the group that has least, as long as one may have more. */
    private void handOut() {
        while (free > 0) {
            Group next = groups.values().stream()
                    .filter(group -> !group.waiting.isEmpty() && group.atWork < SHARE * free)
                    .min(Comparator.comparingInt(group -> group.atWork))
                    .orElse(null);
            if (next == null) {
                return;
            }
            free--;
            next.atWork++;
            groups.remove(next.name);
            groups.put(next.name, next);
            next.waiting.remove().countDown();
        }
    }

    private static final class Group {
        private final Object name;
        private final Queue<CountDownLatch> waiting = new ArrayDeque<>();
        private int atWork;

        Group(Object name) {
            this.name = name;
        }

        boolean idle() {
            return atWork == 0 && waiting.isEmpty();
        }
    }
}
