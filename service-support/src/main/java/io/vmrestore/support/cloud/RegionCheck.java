package io.vmrestore.support.cloud;

import io.vmrestore.common.connection.CallFault;
import io.vmrestore.common.time.TimeSource;
import io.vmrestore.openstack.OpenStack;
import io.vmrestore.openstack.failure.CloudException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Refuses the start of a service whose settings choose no region of the catalog: every call would be refused, and
 * whoever set it wants to see that now. A Keystone that gives no answer does not stop a start; until it answers, the
 * health says so, and each look at the health asks it again in the background.
 */
final class RegionCheck implements InitializingBean, HealthIndicator {
    private static final Logger log = LoggerFactory.getLogger(RegionCheck.class);

    /** A start waits no longer for Keystone. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final OpenStack cloud;
    private final TimeSource time;
    private final AtomicBoolean asking = new AtomicBoolean();
    private volatile @Nullable String fault;
    private volatile @Nullable String unanswered = "Keystone has not been asked yet";

    RegionCheck(OpenStack cloud, TimeSource time) {
        this.cloud = cloud;
        this.time = time;
    }

    /** @throws IllegalStateException naming the catalog's regions, if none of them is chosen */
    @Override
    public void afterPropertiesSet() throws InterruptedException {
        try {
            time.get(ask(), PATIENCE);
        } catch (TimeoutException late) {
            unanswered = "Keystone gave no token within " + PATIENCE.toSeconds() + " s";
        } catch (ExecutionException defect) {
            throw new IllegalStateException("The region could not be checked", defect.getCause());
        }
        String wrong = fault;
        if (wrong != null) {
            throw new IllegalStateException(wrong);
        }
        String open = unanswered;
        if (open != null) {
            log.warn("The region is not checked yet, because Keystone gives no token: {}", open);
        }
    }

    @Override
    public Health health() {
        String wrong = fault;
        String open = unanswered;
        if (wrong == null && open == null) {
            return Health.up().build();
        }
        ask().exceptionally(defect -> {
            log.error("The region could not be checked", defect);
            return null;
        });
        return wrong == null
                ? Health.unknown()
                        .withDetail("obstacle", "the region is not checked yet: " + open)
                        .build()
                : Health.down().withDetail("obstacle", wrong).build();
    }

    private CompletableFuture<@Nullable Void> ask() {
        CompletableFuture<@Nullable Void> asked = new CompletableFuture<>();
        if (!asking.compareAndSet(false, true)) {
            asked.complete(null);
            return asked;
        }
        Thread.ofVirtual().name("region-check").start(() -> {
            try {
                check();
                asked.complete(null);
            } catch (RuntimeException | Error defect) {
                asked.completeExceptionally(new CompletionException(defect));
            } finally {
                asking.set(false);
            }
        });
        return asked;
    }

    private void check() {
        try {
            cloud.requireRegion();
            fault = null;
            unanswered = null;
        } catch (CloudException failed) {
            if (failed.fault() == CallFault.CATALOG) {
                fault = failed.cloudMessage();
            } else {
                unanswered = failed.getMessage();
            }
        }
    }
}
