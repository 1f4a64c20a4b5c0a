package io.vmrestore.verification.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.vmrestore.common.time.Chance;
import io.vmrestore.common.time.TimeSource;
import io.vmrestore.openstack.OpenStack;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.util.Date;
import java.util.List;
import java.util.Random;
import java.util.Timer;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds time and chance to their one source each, so that a simulation that brings both decides everything. */
class TimeRulesTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("io.vmrestore");

    /** Command lines and what only judges live in the machine's time. */
    private static final List<String> PRODUCT = List.of(
            "common",
            "intake",
            "support",
            "openstack",
            "survey",
            "simulator",
            "gateway",
            "planner",
            "executor",
            "status");

    /** What the simulation runs as a whole, with every thread and wait. */
    private static final List<String> SIMULATED = List.of("common", "intake", "openstack", "survey", "executor");

    /** The machine's time itself; the simulator knows nothing of ours, so its {@code Timeline} has one as well. */
    private static final Pattern MACHINE_TIME =
            Pattern.compile("io\\.vmrestore\\.(common\\.time\\.SystemTime|simulator\\.engine\\.WallClock)");

    /** Who puts a part of the product together decides in which time it lives. */
    private static final Pattern ASSEMBLY = Pattern.compile(".*(Application|Configuration)");

    private static final Pattern ASKS_A_CLOCK = Pattern.compile("java\\.time\\.\\w+\\.now\\((java\\.time\\.ZoneId)?\\)"
            + "|java\\.time\\.Clock\\.(system|tick)\\w*\\(.*"
            + "|java\\.time\\.InstantSource\\.system\\(\\)"
            + "|java\\.lang\\.System\\.(nanoTime|currentTimeMillis)\\(\\)"
            + "|java\\.util\\.Date\\.<init>\\(\\)"
            + "|java\\.util\\.Calendar\\.getInstance\\(.*"
            + "|java\\.lang\\.Thread\\.sleep\\(.*"
            + "|java\\.util\\.concurrent\\.locks\\.LockSupport\\.park(Nanos|Until)\\(.*"
            + "|java\\.util\\.concurrent\\.ScheduledThreadPoolExecutor\\.<init>\\(.*"
            + "|java\\.util\\.concurrent\\.Executors\\.new\\w*Scheduled\\w*\\(.*"
            + "|java\\.util\\.Timer\\.<init>\\(.*"
            + "|java\\.util\\.concurrent\\.CompletableFuture\\.(orTimeout|completeOnTimeout|delayedExecutor)\\(.*");

    /** Whatever the type: every wait of the JDK that time ends has one of these names and says how long. */
    private static final Pattern WAITS_FOR_TIME = Pattern.compile("java\\.(lang|util\\.concurrent)\\..*\\.(get|await"
            + "|awaitNanos|awaitUntil|awaitTermination|join|wait|poll|offer|tryAcquire|tryLock|exchange|invokeAll"
            + "|invokeAny|awaitAdvanceInterruptibly)"
            + "\\((.*, ?)?(long|java\\.time\\.Duration|java\\.util\\.concurrent\\.TimeUnit|java\\.util\\.Date).*");

    private static final Pattern LEAVES_TO_CHANCE = Pattern.compile("java\\.util\\.concurrent\\.ThreadLocalRandom\\..*"
            + "|java\\.util\\.UUID\\.randomUUID\\(\\)"
            + "|java\\.lang\\.Math\\.random\\(\\)"
            + "|java\\.util\\.(Random|SplittableRandom)\\.<init>\\(\\)"
            + "|java\\.util\\.random\\.RandomGenerator\\.(getDefault|of)\\(.*");

    @Test
    void onlyTheTimeSourceAsksTheMachineForTheTime() {
        noClasses()
                .that(areIn(PRODUCT))
                .and(not(MACHINE_TIME))
                .should()
                .accessTargetWhere(matches(ASKS_A_CLOCK))
                .check(CLASSES);
    }

    @Test
    void whatIsSimulatedWaitsByTheTimeSource() {
        noClasses()
                .that(areIn(SIMULATED))
                .and(not(MACHINE_TIME))
                .should()
                .accessTargetWhere(matches(WAITS_FOR_TIME))
                .check(CLASSES);
    }

    @Test
    void whatIsSimulatedLeavesNothingToChanceButByItsSource() {
        noClasses()
                .that(areIn(List.of("intake", "openstack", "survey", "executor", "simulator")))
                .should()
                .accessTargetWhere(matches(LEAVES_TO_CHANCE))
                .check(CLASSES);
    }

    @Test
    void onlyWhoPutsPartsTogetherChoosesTheMachinesTime() {
        noClasses()
                .that(areIn(PRODUCT))
                .and(not(ASSEMBLY))
                .and()
                .areNotAssignableTo(OpenStack.class)
                .should()
                .callMethod(TimeSource.class, "system")
                .orShould()
                .callMethod(Chance.class, "system")
                .check(CLASSES);
    }

    @Test
    void theRulesFindWhatTheyLookFor() {
        assertThat(found(ASKS_A_CLOCK, ClockUse.class)).hasSize(15);
        assertThat(found(WAITS_FOR_TIME, TimedWaits.class)).hasSize(5);
        assertThat(found(LEAVES_TO_CHANCE, Gambling.class)).hasSize(5);
        assertThat(found(ASKS_A_CLOCK, Harmless.class)).isEmpty();
        assertThat(found(WAITS_FOR_TIME, Harmless.class)).isEmpty();
        assertThat(found(LEAVES_TO_CHANCE, Harmless.class)).isEmpty();
    }

    private static List<String> found(Pattern pattern, Class<?> sample) {
        return new ClassFileImporter()
                .importClasses(sample).stream()
                        .flatMap(type -> type.getAccessesFromSelf().stream())
                        .map(TimeRulesTest::target)
                        .filter(pattern.asMatchPredicate())
                        .toList();
    }

    private static DescribedPredicate<JavaClass> areIn(List<String> modules) {
        return DescribedPredicate.describe(
                "are in " + modules,
                type -> modules.contains(type.getPackageName().split("\\.")[2]));
    }

    private static DescribedPredicate<JavaClass> not(Pattern names) {
        Predicate<String> matching = names.asMatchPredicate();
        return DescribedPredicate.describe(
                "are not " + names,
                type -> !matching.test(
                        Stream.iterate(type, outer -> outer.getEnclosingClass().orElseThrow())
                                .filter(outer -> outer.getEnclosingClass().isEmpty())
                                .findFirst()
                                .orElseThrow()
                                .getName()));
    }

    private static DescribedPredicate<JavaAccess<?>> matches(Pattern pattern) {
        Predicate<String> matching = pattern.asMatchPredicate();
        return DescribedPredicate.describe("matches " + pattern, access -> matching.test(target(access)));
    }

    private static String target(JavaAccess<?> access) {
        String parameters = access.getTarget() instanceof CodeUnitAccessTarget called
                ? String.join(
                        ", ",
                        called.getRawParameterTypes().stream()
                                .map(JavaClass::getName)
                                .toList())
                : "";
        return access.getTargetOwner().getName() + "." + access.getTarget().getName() + "(" + parameters + ")";
    }

    /** One of each. */
    @SuppressWarnings("unused")
    private static final class ClockUse {
        LongSupplier reference = System::nanoTime;
        Supplier<Instant> now = Instant::now;

        Object[] all() throws InterruptedException {
            Thread.sleep(1);
            LockSupport.parkNanos(1);
            return new Object[] {
                Instant.now(),
                LocalDateTime.now(),
                Clock.systemUTC(),
                InstantSource.system(),
                System.nanoTime(),
                System.currentTimeMillis(),
                new Date(),
                new ScheduledThreadPoolExecutor(1),
                Executors.newSingleThreadScheduledExecutor(),
                new Timer(),
                new CompletableFuture<>().orTimeout(1, TimeUnit.DAYS)
            };
        }
    }

    @SuppressWarnings("unused")
    private static final class TimedWaits {
        void all(CompletableFuture<?> future, CountDownLatch latch, Thread thread, Condition condition)
                throws InterruptedException, ExecutionException, TimeoutException {
            future.get(1, TimeUnit.DAYS);
            latch.await(1, TimeUnit.DAYS);
            thread.join(1);
            condition.awaitNanos(1);
            synchronized (this) {
                wait(1);
            }
        }
    }

    @SuppressWarnings("unused")
    private static final class Gambling {
        Object[] all() {
            return new Object[] {
                ThreadLocalRandom.current().nextInt(), UUID.randomUUID(), new Random().nextInt(), Math.random()
            };
        }
    }

    @SuppressWarnings("unused")
    private static final class Harmless {
        Object[] all(CompletableFuture<?> future, CountDownLatch latch, Thread thread, TimeSource time)
                throws InterruptedException, ExecutionException {
            latch.await();
            thread.join();
            return new Object[] {
                future.get(), future.join(), Instant.now(time.clock()), new Date(1), new Random(1), time.instant()
            };
        }
    }
}
