package io.vmrestore.verification.processes;

import io.vmrestore.standalone.server.Service;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What a process of the fleet is for, how many there are of it, and how much heap each gets. */
public enum Role {
    BROKER(1, 384, null),
    DATABASE(1, 96, null),
    SIMULATOR(1, 256, null),
    PLANNER(2, 192, Service.PLANNER),
    EXECUTOR(3, 192, Service.EXECUTOR),
    STATUS(2, 192, Service.STATUS),
    GATEWAY(2, 192, Service.GATEWAY);

    private final int count;
    private final int heapMegabytes;
    private final @Nullable Service service;

    Role(int count, int heapMegabytes, @Nullable Service service) {
        this.count = count;
        this.heapMegabytes = heapMegabytes;
        this.service = service;
    }

    int heapMegabytes() {
        return heapMegabytes;
    }

    /** The service that processes of this role run; null for broker, database and simulator. */
    public @Nullable Service service() {
        return service;
    }

    /** The name in logs, such as {@code executor}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Every process of this role. */
    public List<Member> members() {
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> new Member(this, number))
                .toList();
    }
}
