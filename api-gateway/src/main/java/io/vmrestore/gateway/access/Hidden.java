package io.vmrestore.gateway.access;

import io.vmrestore.common.text.ForeignText;
import io.vmrestore.support.problem.Problem;
import io.vmrestore.support.problem.ProblemKind;

/** How what a caller does not see is told: in the words for what does not exist. */
public final class Hidden {
    private Hidden() {}

    public static Problem project(String projectId) {
        return Problem.of(ProblemKind.PROJECT_NOT_FOUND, "Project " + projectId + " does not exist");
    }

    /** A project that is asked for by its name. */
    public static Problem tenant(String name) {
        return Problem.of(
                ProblemKind.PROJECT_NOT_FOUND, "There is no project (tenant) named " + ForeignText.quoted(name));
    }
}
