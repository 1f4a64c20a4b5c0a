package io.vmrestore.status.store;

import io.vmrestore.status.testing.TestDatabase;
import io.vmrestore.support.access.Reach;
import io.vmrestore.support.access.Role;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** What clients are shown of a restore, read by the same code as in production. */
public final class StoredRestores {
    private StoredRestores() {}

    public static JobRecord job(TestDatabase database, UUID id) {
        return Objects.requireNonNull(
                new JobReader(database.client())
                        .find(id, Reach.everywhere(Role.VIEWER))
                        .block(),
                "the restore");
    }

    public static List<JobEvent> events(TestDatabase database, UUID id) {
        return Objects.requireNonNull(
                        new EventReader(database.client()).after(id, 0).block())
                .events();
    }
}
