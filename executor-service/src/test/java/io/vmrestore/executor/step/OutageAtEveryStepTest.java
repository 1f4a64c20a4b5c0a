package io.vmrestore.executor.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.IpStrategy;
import io.vmrestore.common.contract.NicPlan;
import io.vmrestore.common.contract.Plan;
import io.vmrestore.common.contract.RestoreMode;
import io.vmrestore.common.contract.StepInputs;
import io.vmrestore.common.contract.StepTask;
import io.vmrestore.executor.attempt.Attempt;
import io.vmrestore.executor.attempt.OutagePatience;
import io.vmrestore.executor.attempt.Patiently;
import io.vmrestore.executor.attempt.SkippedTime;
import io.vmrestore.executor.step.ServiceOutage.First;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The control plane is restarted for minutes, one service or all, at every request of every step: each step is carried
 * out in its one attempt, and there is one of each in the end.
 */
@Timeout(300)
class OutageAtEveryStepTest {
    private static final Duration RESTART = Duration.ofMinutes(25);
    private static final int DELETION = 20;
    private static final Set<Action> READING = Set.of(Action.VALIDATE, Action.CHECK_QUOTA, Action.WAIT_ACTIVE);

    private final SkippedTime time = new SkippedTime();
    private final Patiently patiently = new Patiently(OutagePatience.DEFAULT, time, false);

    static Stream<Arguments> restarts() {
        return Stream.of(Action.values())
                .filter(action -> !action.rollback())
                .flatMap(action -> Stream.of(RestoreMode.values())
                        .filter(mode -> mode == RestoreMode.REPLACE || action == Action.CREATE_PORT)
                        .flatMap(mode -> Stream.of(First.values())
                                // A lost answer to a read is no more than none.
                                .filter(first -> first == First.REFUSED || !READING.contains(action))
                                .map(first -> Arguments.of(mode, action, first))));
    }

    @ParameterizedTest(name = "{0}: {1}, {2}")
    @MethodSource("restarts")
    void a_restart_of_everything_at_any_request_of_a_step_costs_nothing_but_time(
            RestoreMode mode, Action action, First first) throws InterruptedException {
        int request = 0;
        while (restored(mode, action, everything(), request, first)) {
            request++;
        }
        assertThat(request).as("requests of " + action).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/compute/", "/volume/", "/network/"})
    void a_restart_of_one_service_while_the_others_answer_costs_nothing_but_time(String service)
            throws InterruptedException {
        Predicate<HttpRequest> away = request -> request.uri().getPath().startsWith(service);
        int request = 0;
        while (restored(RestoreMode.REPLACE, Action.VALIDATE, away, request, First.LOST_ANSWER)) {
            request += 3;
        }
        assertThat(request).as("requests of " + service).isPositive();
    }

    /** Whether the services went away: not if the step makes fewer requests. */
    private boolean restored(RestoreMode mode, Action action, Predicate<HttpRequest> away, int request, First first)
            throws InterruptedException {
        ServiceOutage services = new ServiceOutage(time);
        try (RestoreFixture restore = new RestoreFixture(time, services, patiently::carryOut)) {
            Plan plan = mode == RestoreMode.REPLACE
                    ? restore.plans.webReplacement(IpStrategy.SAME_IPS_OR_FAIL)
                    : restore.webPlan(IpStrategy.NEW_IPS);
            Runnable begin = () -> services.goAway(away, request, first, RESTART);
            new Walk(restore, plan, action, begin).all();
            boolean wentAway = services.wentAway();
            services.over();
            assertThat(restore.volumes())
                    .as("volumes, away at request " + request)
                    .hasSize(1);
            assertThat(restore.servers()).as("servers").hasSize(1);
            assertThat(restore.servers().getFirst().state().nics())
                    .as("interfaces")
                    .hasSize(2);
            assertThat(restore.ports().size()).as("ports of ours").isLessThanOrEqualTo(2);
            assertThat(restore.keyImported()).as("the imported key").isFalse();
            return wentAway;
        }
    }

    private static Predicate<HttpRequest> everything() {
        return request -> true;
    }

    /** One restore, step after step; the services go away while one of them is carried out. */
    private final class Walk {
        private final RestoreFixture restore;
        private final Plan plan;
        private final Action hit;
        private final Runnable begin;
        private final Map<Action, List<String>> made = new EnumMap<>(Action.class);
        private int order;

        Walk(RestoreFixture restore, Plan plan, Action hit, Runnable begin) {
            this.restore = restore;
            this.plan = plan;
            this.hit = hit;
            this.begin = begin;
        }

        /** In the order of the catalog, which is that of a restore's life. */
        void all() throws InterruptedException {
            for (Action action : Action.values()) {
                boolean ofThisMode = plan.mode() == RestoreMode.REPLACE || !action.pointOfNoReturn();
                if (action.rollback() || !ofThisMode) {
                    continue;
                }
                int times = action.oneForAnInterface() ? plan.nics().size() : 1;
                for (int nic = 0; nic < times; nic++) {
                    step(action, action.task(new Inputs(plan, nic, made)));
                }
            }
        }

        private void step(Action action, StepTask task) throws InterruptedException {
            if (action == hit) {
                begin.run();
            }
            // The sample's plan has no step for the deletion, and marks follow from the plan's numbers.
            Attempt attempt = restore.run(action == Action.DELETE_SERVER ? DELETION : ++order, action, task);
            if (action.makes() != null) {
                made.computeIfAbsent(action, _ -> new ArrayList<>()).add(RestoreFixture.only(attempt, action.makes()));
            }
        }
    }

    /** What the steps before have made. */
    private record Inputs(Plan plan, int number, Map<Action, List<String>> madeSoFar) implements StepInputs {
        @Override
        public NicPlan nic() {
            return plan.nics().get(number);
        }

        @Override
        public String made(Action by) {
            return allMade(by).getFirst();
        }

        @Override
        public List<String> allMade(Action by) {
            return madeSoFar.getOrDefault(by, List.of());
        }

        @Override
        public String requestId(Action by) {
            return "req-of-" + by.wireName();
        }

        @Override
        public @Nullable String undone() {
            throw new IllegalStateException("Nothing is undone here");
        }

        @Override
        public String undoneMark() {
            throw new IllegalStateException("Nothing is undone here");
        }
    }
}
