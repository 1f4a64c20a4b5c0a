package io.vmrestore.verification.chaos.nemesis;

import io.vmrestore.verification.chaos.processes.Links;
import io.vmrestore.verification.processes.Member;
import io.vmrestore.verification.processes.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** When what goes wrong: follows from seed and length alone. */
public final class Schedule {
    private static final Duration FIRST = Duration.ofSeconds(3);

    private Schedule() {}

    /**
     * The faults of a run.
     *
     * @param every mean time between the beginnings of two
     */
    public static List<PlannedFault> of(long seed, Duration length, Duration every) {
        Random random = new Random(seed);
        List<PlannedFault> faults = new ArrayList<>();
        Duration at = FIRST;
        while (at.compareTo(length) < 0) {
            FaultKind kind = kind(random);
            List<String> targets = targets(kind.place());
            String target = targets.get(random.nextInt(targets.size()));
            Duration lasts = Duration.ofMillis(
                    kind.longest() > kind.shortest() ? random.nextInt(kind.shortest(), kind.longest()) : 0);
            faults.add(new PlannedFault(faults.size() + 1, at, kind, target, lasts));
            // Between a third and five thirds of the mean.
            at = at.plus(every.dividedBy(3)).plusMillis(random.nextLong(every.toMillis() * 4 / 3));
        }
        return faults;
    }

    private static FaultKind kind(Random random) {
        int sum = Arrays.stream(FaultKind.values()).mapToInt(FaultKind::weight).sum();
        int left = random.nextInt(sum);
        for (FaultKind kind : FaultKind.values()) {
            left -= kind.weight();
            if (left < 0) {
                return kind;
            }
        }
        throw new IllegalStateException("The weights of all faults have no end");
    }

    static List<String> targets(FaultKind.Place place) {
        return switch (place) {
            case SERVICE -> Member.services().stream().map(Member::name).toList();
            case WORKER ->
                Member.services().stream()
                        .filter(member -> member.role() == Role.PLANNER || member.role() == Role.EXECUTOR)
                        .map(Member::name)
                        .toList();
            case ROLE ->
                Member.services().stream()
                        .map(member -> member.role().label())
                        .distinct()
                        .toList();
            case BROKER -> List.of(Role.BROKER.members().getFirst().name());
            case DATABASE -> List.of(Role.DATABASE.members().getFirst().name());
            case LINK -> Links.names();
            case CLOUD -> List.of("cloud");
        };
    }
}
