package io.vmrestore.simulator.cloud.other;

import io.vmrestore.simulator.engine.Engine;
import io.vmrestore.simulator.engine.Index;
import io.vmrestore.simulator.engine.Table;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Everything that is only kept. */
public final class Things {
    private final Table<Thing> table;
    private final Index<Thing> byKind;

    public Things(Engine engine) {
        this.table = engine.table("things", Thing.class);
        this.byKind = table.index(thing -> List.of(thing.kind()));
    }

    public Stream<Thing> ofKind(String kind) {
        return byKind.find(kind);
    }

    public Optional<Thing> find(String kind, @Nullable String id) {
        return table.find(id).filter(thing -> thing.kind().equals(kind));
    }

    public Thing put(Thing thing) {
        return table.put(thing);
    }

    public void remove(String id) {
        table.remove(id);
    }
}
