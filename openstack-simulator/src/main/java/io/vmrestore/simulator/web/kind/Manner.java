package io.vmrestore.simulator.web.kind;

import io.vmrestore.simulator.cloud.other.Thing;
import io.vmrestore.simulator.engine.Refused;
import io.vmrestore.simulator.web.Answer;
import io.vmrestore.simulator.web.Call;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** How one service treats its described collections: its words and the shape of its lists. */
public interface Manner {
    /** What tells the service's collections from those of others. */
    String service();

    Answer list(Call call, Kind kind, Stream<ObjectNode> rows);

    /** The resource with what every resource of the service has. */
    ObjectNode view(Call call, Kind kind, Thing thing);

    /** A new id in the service's form. */
    default String id(String uuid) {
        return uuid;
    }

    int created();

    int deleted();

    HttpMethod update();

    Refused unknown(Kind kind, ObjectNode body, List<String> names);

    Refused required(Kind kind, ObjectNode body, String name);

    Refused invalid(Kind kind, String name, JsonNode value, String reason);

    Refused forbidden(Kind kind, String verb);

    /** Not found, in the service's words. */
    default Refused missing(Kind kind, String id) {
        return Refused.notFound(kind.missing().formatted(id));
    }

    /** Names that are taken with every body and never kept. */
    default boolean isIgnored(String name) {
        return false;
    }
}
