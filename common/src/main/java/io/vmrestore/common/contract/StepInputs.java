package io.vmrestore.common.contract;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the task of one step is gathered from: its plan and what the steps before it have made. Dispatch answers from
 * the state of the restore. Everything that is asked for and missing is an {@link IllegalStateException}.
 */
public interface StepInputs {

    Plan plan();

    /** The interface that the step is about. */
    NicPlan nic();

    /** The id of what the plan's step of this kind has made. */
    String made(Action by);

    /** The ids of what the plan's steps of this kind have made, in the order of their interfaces. */
    List<String> allMade(Action by);

    /** The request id that the plan's step of this kind sent to the cloud. */
    String requestId(Action by);

    /** The id of what the undone step has made; null if it never told. */
    @Nullable
    String undone();

    /** The mark that whatever the undone step has made carries. */
    String undoneMark();
}
