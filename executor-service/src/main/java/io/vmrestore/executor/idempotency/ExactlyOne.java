package io.vmrestore.executor.idempotency;

import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.common.time.TimeSource;
import io.vmrestore.executor.attempt.StepFailure;
import io.vmrestore.executor.attempt.Uninterrupted;
import io.vmrestore.openstack.failure.CloudException;
import io.vmrestore.openstack.failure.FailureClass;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Makes one resource in a cloud that has no idempotency keys: looks before, adopts after a lost answer, and looks again
 * after creating, because another executor may have done the same at the same time.
 *
 * <p>Of two, all executors keep the one with the smaller creation time and id. Creation times are whole seconds: within
 * one second they do not tell who was first, and the other executor may have seen only its own and reported it already.
 * So nothing is taken from another executor that is not certainly younger; instead the own one is given up.
 */
public final class ExactlyOne {
    /** Longer than another executor takes between creating and giving its own up. */
    private static final Duration GIVE_WAY = Duration.ofMillis(700);

    private static final int ROUNDS = 3;

    /**
     * A look-up that is older does not say any more that there is nothing: the process was frozen meanwhile, or waited
     * for its permit.
     */
    private static final Duration LOOK_UP_HOLDS = Duration.ofSeconds(20);

    private ExactlyOne() {}

    /**
     * The one resource of the step, found or made.
     *
     * @param permit asked right before each create call
     */
    public static <T> T of(Creation<T> creation, Permit permit, TimeSource time) throws InterruptedException {
        return of(creation, permit, time, LOOK_UP_HOLDS);
    }

    /** @param holds how long a look-up may be relied on */
    static <T> T of(Creation<T> creation, Permit permit, TimeSource time, Duration holds) throws InterruptedException {
        List<T> found = List.of();
        for (int round = 0; found.isEmpty() && round < ROUNDS; round++) {
            found = lookUp(creation, permit, time, holds);
            if (!found.isEmpty()) {
                break;
            }
            String own;
            try {
                own = Uninterrupted.call(creation::create);
            } catch (CloudException failed) {
                return adopted(creation, failed);
            }
            found = settle(creation, own, time);
        }
        if (found.isEmpty()) {
            throw StepFailure.passing(
                    FailureKind.CLOUD_UNAVAILABLE,
                    "What this step made was deleted by someone else as soon as it was made");
        }
        return first(creation, found);
    }

    /** What there is; if that is nothing, one may be made now. */
    private static <T> List<T> lookUp(Creation<T> creation, Permit permit, TimeSource time, Duration holds)
            throws InterruptedException {
        for (int look = 0; look < ROUNDS; look++) {
            long began = time.nanoTime();
            List<T> found = creation.find();
            if (!found.isEmpty()) {
                return found;
            }
            permit.require();
            if (time.since(began).compareTo(holds) < 0) {
                return found;
            }
        }
        throw StepFailure.passing(
                FailureKind.CLOUD_TIMEOUT,
                "Looking for what this step may have made took longer than " + holds + " each time, too long to"
                        + " make anything after it");
    }

    /**
     * After a failed create: an answer may have been lost, or the create was refused because another executor's twin
     * holds the volume, port or address.
     */
    private static <T> T adopted(Creation<T> creation, CloudException failed) {
        List<T> found;
        try {
            found = creation.find();
        } catch (CloudException blind) {
            // Who was refused may be refused because of its own twin: that is not known before there is an answer.
            CloudException first = FailureClass.of(blind) == FailureClass.OUTAGE ? blind : failed;
            first.addSuppressed(first == blind ? failed : blind);
            throw first;
        }
        if (found.isEmpty()) {
            throw failed;
        }
        return first(creation, found);
    }

    /** Leaves one; empty if it was lost to another executor that gave its own up as well. */
    private static <T> List<T> settle(Creation<T> creation, String own, TimeSource time) throws InterruptedException {
        List<T> found = new ArrayList<>(creation.find());
        if (found.stream().noneMatch(resource -> creation.id(resource).equals(own))) {
            found.add(creation.fetch(own));
        }
        T first = first(creation, found);
        if (!creation.id(first).equals(own)) {
            return giveUp(creation, own, found);
        }
        boolean tie = false;
        for (T twin : found) {
            if (creation.id(twin).equals(own)) {
                continue;
            }
            if (second(creation, twin) > second(creation, first)) {
                // Its maker looked after ours was visible and gives way by the same rule.
                creation.delete(twin);
            } else {
                tie = true;
            }
        }
        if (!tie) {
            return List.of(first);
        }
        time.sleep(GIVE_WAY);
        List<T> left = creation.find();
        boolean alone = left.stream().allMatch(resource -> creation.id(resource).equals(own));
        return alone ? left : giveUp(creation, own, left);
    }

    private static <T> List<T> giveUp(Creation<T> creation, String own, List<T> found) throws InterruptedException {
        for (T resource : found) {
            if (creation.id(resource).equals(own)) {
                creation.delete(resource);
            }
        }
        return creation.find().stream()
                .filter(resource -> !creation.id(resource).equals(own))
                .toList();
    }

    private static <T> T first(Creation<T> creation, List<T> found) {
        return found.stream()
                .min(Comparator.comparingLong((T resource) -> second(creation, resource))
                        .thenComparing(creation::id))
                .orElseThrow();
    }

    private static <T> long second(Creation<T> creation, T resource) {
        return creation.createdAt(resource).truncatedTo(ChronoUnit.SECONDS).getEpochSecond();
    }
}
