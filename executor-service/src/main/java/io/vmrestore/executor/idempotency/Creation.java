package io.vmrestore.executor.idempotency;

import java.time.Instant;
import java.util.List;

/** How a step makes its one resource, and finds and removes what carries its mark. */
public interface Creation<T> {

    /** Everything in the project that carries the step's mark and is not being deleted. */
    List<T> find();

    /** The resource with this id; used where a list does not show it yet. */
    T fetch(String id);

    /** Makes one, marked in the create call, and returns its id. */
    String create();

    /** Removes one that this step made and that nobody uses yet. */
    void delete(T resource) throws InterruptedException;

    String id(T resource);

    /** When it was made; the cloud's lists tell whole seconds. */
    Instant createdAt(T resource);
}
