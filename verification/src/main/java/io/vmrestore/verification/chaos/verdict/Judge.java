package io.vmrestore.verification.chaos.verdict;

import io.vmrestore.verification.chaos.verdict.Violation.Kind;
import java.util.ArrayList;
import java.util.List;

/** Finds every promise that was not kept. */
public final class Judge {
    private Judge() {}

    /** All violations; none if the system did what it promises. */
    public static List<Violation> judge(World world) {
        List<Violation> found = new ArrayList<>();
        found.addAll(RequestRules.check(world));
        found.addAll(CloudRules.check(world));
        found.addAll(TableRules.check(world));
        world.wrongAnswers().forEach(answer -> found.add(new Violation(Kind.WRONG_ANSWER, null, answer)));
        world.deadLetters().forEach(record -> found.add(new Violation(Kind.DEAD_LETTER, null, record)));
        return found;
    }
}
