package io.vmrestore.verification.chaos.load;

import io.vmrestore.common.contract.IpStrategy;
import io.vmrestore.common.contract.RestoreMode;
import io.vmrestore.simulator.sample.SampleCloud;
import io.vmrestore.simulator.sample.SampleCloud.Tenant;
import java.util.Random;

/**
 * An endless source of wishes that follows from a seed: mostly restores beside the original, a quarter in its place,
 * with every strategy for addresses, some of them cancelled and some never executed. A VM is replaced once at most.
 */
public final class Wishes {
    /** VMs of each tenant that are restored beside the original, over and over. */
    public static final int KEPT = 12;

    private static final int REPLACED_IN_100 = 25;
    private static final int RICH_IN_100 = 6;
    private static final int PLANNED_IN_100 = 8;
    private static final int CANCELLED_IN_100 = 22;
    private static final int LONGEST_BEFORE_CANCEL = 4_000;

    private final Random random;
    private final int replaceable;
    private final int[] replaced = new int[Tenant.values().length];
    private int number;

    /** @param replaceable VMs of each tenant that may be replaced, numbered from {@link #KEPT} on */
    public Wishes(long seed, int replaceable) {
        this.random = new Random(seed);
        this.replaceable = replaceable;
    }

    /** The next wish. */
    public synchronized Wish next() {
        number++;
        Tenant tenant = Tenant.values()[random.nextInt(Tenant.values().length)];
        IpStrategy strategy = IpStrategy.values()[random.nextInt(IpStrategy.values().length)];
        Wish.Ending ending = ending(random.nextInt(100));
        int cancelAfter = random.nextInt(LONGEST_BEFORE_CANCEL);
        boolean replace = random.nextInt(100) < REPLACED_IN_100;
        boolean rich = random.nextInt(100) < RICH_IN_100;
        int kept = random.nextInt(KEPT);
        if (replace && replaced[tenant.ordinal()] < replaceable) {
            int server = KEPT + replaced[tenant.ordinal()]++;
            return plain(tenant, server, RestoreMode.REPLACE, strategy, ending, cancelAfter);
        }
        if (rich) {
            return new Wish(
                    number,
                    tenant.projectId(),
                    tenant.webServerId(),
                    "web-1",
                    tenant.id("snapshot/web-1-daily"),
                    RestoreMode.NEW,
                    strategy,
                    ending,
                    cancelAfter);
        }
        return plain(tenant, kept, RestoreMode.NEW, strategy, ending, cancelAfter);
    }

    private Wish plain(
            Tenant tenant, int server, RestoreMode mode, IpStrategy strategy, Wish.Ending ending, int cancelAfter) {
        return new Wish(
                number,
                tenant.projectId(),
                tenant.id("server/load-" + server),
                "load-" + server,
                SampleCloud.loadSnapshotId(tenant, server),
                mode,
                strategy,
                ending,
                cancelAfter);
    }

    private static Wish.Ending ending(int chance) {
        if (chance < PLANNED_IN_100) {
            return Wish.Ending.PLAN;
        }
        return chance < PLANNED_IN_100 + CANCELLED_IN_100 ? Wish.Ending.CANCEL : Wish.Ending.EXECUTE;
    }
}
