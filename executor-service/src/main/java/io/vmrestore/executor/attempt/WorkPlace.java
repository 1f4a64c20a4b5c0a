package io.vmrestore.executor.attempt;

import io.vmrestore.common.fair.FairPlaces;
import io.vmrestore.common.fair.FairPlaces.Place;
import org.jspecify.annotations.Nullable;

/** The place that one attempt occupies while it works; while it waits for a service to come back, others have it. */
final class WorkPlace implements AutoCloseable {
    private final FairPlaces places;
    private final Attempt attempt;
    private @Nullable Place taken;

    WorkPlace(FairPlaces places, Attempt attempt) {
        this.places = places;
        this.attempt = attempt;
    }

    /** Waits for a place; an attempt that is asked to stop needs none to say what there is of it. */
    void take() throws InterruptedException {
        try {
            taken = attempt.stop().during(() -> places.take(attempt.address().projectId()));
        } catch (StepFailure stopped) {
            taken = null;
        }
    }

    /** Gives the place back, if there is one. */
    @Override
    public void close() {
        Place place = taken;
        taken = null;
        if (place != null) {
            place.close();
        }
    }
}
