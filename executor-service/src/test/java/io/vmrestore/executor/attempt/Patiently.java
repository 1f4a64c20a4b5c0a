package io.vmrestore.executor.attempt;

import io.vmrestore.common.fair.FairPlaces;
import io.vmrestore.common.time.Chance;
import io.vmrestore.common.time.TimeSource;

/** Carries steps out as an executor does, which waits for services that give no answer. */
public record Patiently(OutagePatience patience, TimeSource time, boolean withoutEnd) {

    public void carryOut(BoundStep step, Attempt attempt) throws InterruptedException {
        try (WorkPlace place = new WorkPlace(new FairPlaces(1), attempt)) {
            place.take();
            new PatientRun(patience, time, Chance.system()).carryOut(step, attempt, withoutEnd, place);
        }
    }
}
