package io.vmrestore.planner.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.contract.RestoreCommand.RunStep;
import io.vmrestore.common.contract.RestoreEvent;
import io.vmrestore.common.contract.RestoreEvent.RestoreStarted;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Dispatch without a broker, and restores that were planned and started there. */
abstract class DispatchFixture {
    DispatchDriver dispatch;

    @BeforeEach
    void open() {
        dispatch = new DispatchDriver();
    }

    @AfterEach
    void close() {
        dispatch.close();
    }

    Restore planned(String vmId) {
        Restore restore = Restore.of(vmId);
        dispatch.send(restore.requested(DispatchDriver.START));
        dispatch.send(restore.planned(DispatchDriver.START));
        dispatch.commanded();
        return restore;
    }

    /** Requests execution; the driver lets dispatch read its own announcement back. */
    RestoreEvent start(Restore restore) {
        dispatch.send(restore.executionRequested(DispatchDriver.START));
        List<RestoreEvent> events = dispatch.announced();
        assertThat(events).singleElement().isInstanceOf(RestoreStarted.class);
        return events.getFirst();
    }

    void complete(RunStep command) {
        dispatch.send(Restore.completed(command, dispatch.clock.instant()));
    }
}
