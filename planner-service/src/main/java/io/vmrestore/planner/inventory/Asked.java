package io.vmrestore.planner.inventory;

import io.vmrestore.support.problem.FieldError;
import io.vmrestore.support.problem.Problem;
import io.vmrestore.support.problem.ProblemException;
import io.vmrestore.support.problem.ProblemKind;
import java.util.List;

/** What is asked for, checked before the cloud is: no cloud has a thing of such a name or id. */
final class Asked {
    /** Longer than any name that Keystone takes, and than any id. */
    private static final int LONGEST = 255;

    private Asked() {}

    /** @throws ProblemException 400 that names the parameter */
    static String id(String parameter, String id) {
        boolean plain = id.chars().allMatch(sign -> sign == '-' || sign == '_' || Character.isLetterOrDigit(sign));
        return require(parameter, id, plain, "must be an id: letters, digits and hyphens");
    }

    /** @throws ProblemException 400 that names the parameter */
    static String name(String parameter, String name) {
        boolean plain = !name.isBlank() && name.codePoints().noneMatch(Character::isISOControl);
        return require(parameter, name, plain, "must be a name: not blank, and without control characters");
    }

    private static String require(String parameter, String value, boolean plain, String wrong) {
        if (plain && !value.isEmpty() && value.codePointCount(0, value.length()) <= LONGEST) {
            return value;
        }
        throw Problem.of(
                        ProblemKind.INVALID_REQUEST,
                        List.of(FieldError.ofParameter(parameter, wrong + ", in 1 to " + LONGEST + " characters")))
                .asException();
    }
}
