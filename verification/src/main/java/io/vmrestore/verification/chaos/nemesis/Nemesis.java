package io.vmrestore.verification.chaos.nemesis;

import io.vmrestore.verification.chaos.processes.Fleet;
import io.vmrestore.verification.chaos.proxy.Link;
import io.vmrestore.verification.processes.Member;
import io.vmrestore.verification.processes.Role;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** Makes the faults of a schedule happen, each when its time has come, several at a time on different targets. */
public final class Nemesis {
    private static final Duration PIECE_DELAY = Duration.ofMillis(150);

    private final Fleet fleet;
    private final CloudFaults cloud;
    private final FaultLog log;
    private final Map<String, ReentrantLock> targets = new ConcurrentHashMap<>();

    public Nemesis(Fleet fleet, CloudFaults cloud, FaultLog log) {
        this.fleet = fleet;
        this.cloud = cloud;
        this.log = log;
    }

    /** Goes through the schedule; returns when its last fault is over. */
    public void run(List<PlannedFault> schedule) throws InterruptedException {
        long begin = System.nanoTime();
        List<Thread> faults = new ArrayList<>();
        for (PlannedFault fault : schedule) {
            long due = fault.at().toNanos() - (System.nanoTime() - begin);
            if (due > 0) {
                TimeUnit.NANOSECONDS.sleep(due);
            }
            faults.add(Thread.ofVirtual().name("fault-" + fault.number()).start(() -> happen(fault)));
        }
        for (Thread fault : faults) {
            fault.join();
        }
    }

    private void happen(PlannedFault fault) {
        // Several things may be wrong with the cloud at a time, but not with a process.
        if (fault.kind().place() == FaultKind.Place.CLOUD) {
            inflict(fault);
            return;
        }
        ReentrantLock target = lock(fault.target());
        if (!target.tryLock()) {
            log.skip(fault);
            return;
        }
        try {
            inflict(fault);
        } finally {
            target.unlock();
        }
    }

    private void inflict(PlannedFault fault) {
        log.begin(fault);
        try {
            suffer(fault);
            log.end(fault);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            log.fail(fault, e);
        }
    }

    private void suffer(PlannedFault fault) throws IOException, InterruptedException {
        switch (fault.kind().place()) {
            case CLOUD -> cloud.suffer(fault);
            case LINK -> link(fault);
            case ROLE -> roll(fault);
            case SERVICE, WORKER, BROKER, DATABASE -> process(fault, member(fault.target()));
        }
    }

    private void process(PlannedFault fault, Member member) throws InterruptedException {
        switch (fault.kind()) {
            case PAUSED, FROZEN, BROKER_PAUSED -> {
                fleet.pause(member);
                try {
                    last(fault);
                } finally {
                    fleet.resume(member);
                }
            }
            case RESTARTED, BROKER_RESTARTED, DATABASE_RESTARTED -> {
                fleet.stop(member);
                last(fault);
                fleet.restart(member);
            }
            default -> {
                fleet.kill(member);
                last(fault);
                fleet.restart(member);
            }
        }
    }

    /** One after the other, as an upgrade does; each waits until it is well. */
    private void roll(PlannedFault fault) throws InterruptedException {
        for (Member member : role(fault.target()).members()) {
            ReentrantLock target = lock(member.name());
            target.lockInterruptibly();
            try {
                fleet.stop(member);
                fleet.restart(member);
            } finally {
                target.unlock();
            }
        }
    }

    private void link(PlannedFault fault) throws InterruptedException {
        Link link = fleet.links().named(fault.target());
        switch (fault.kind()) {
            case LINK_FROZEN -> link.freeze();
            case LINK_SLOW -> link.slow(PIECE_DELAY);
            default -> link.cut();
        }
        try {
            last(fault);
        } finally {
            link.heal();
        }
    }

    private static void last(PlannedFault fault) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(fault.lasts().toMillis());
    }

    private ReentrantLock lock(String target) {
        return targets.computeIfAbsent(target, _ -> new ReentrantLock());
    }

    private static Member member(String name) {
        for (Role role : Role.values()) {
            for (Member member : role.members()) {
                if (member.name().equals(name)) {
                    return member;
                }
            }
        }
        throw new IllegalArgumentException("There is no process " + name);
    }

    private static Role role(String label) {
        for (Role role : Role.values()) {
            if (role.label().equals(label)) {
                return role;
            }
        }
        throw new IllegalArgumentException("There is no role " + label);
    }
}
