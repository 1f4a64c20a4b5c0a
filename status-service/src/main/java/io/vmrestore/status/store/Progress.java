package io.vmrestore.status.store;

import java.util.List;

/**
 * How far a restore is.
 *
 * @param totalSteps all its steps, also those that undo others
 * @param percent of the steps that are completed, rounded down
 * @param running actions of the steps at work
 */
public record Progress(int totalSteps, int completedSteps, int percent, List<String> running) {

    static Progress of(int totalSteps, int completedSteps, List<String> running) {
        int percent = totalSteps == 0 ? 0 : 100 * completedSteps / totalSteps;
        return new Progress(totalSteps, completedSteps, percent, running);
    }
}
