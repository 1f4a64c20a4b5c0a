package io.vmrestore.simulator.engine;

import org.jspecify.annotations.Nullable;

/** Hears of every change of a table, inside the operation that makes it. */
@FunctionalInterface
public interface ChangeListener {
    /** The resource now has this value; null: it was removed. */
    void changed(String table, String id, @Nullable Resource value);
}
