package io.vmrestore.openstack.transport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openstack4j.openstack.internal.BaseOpenStackService;

/**
 * JSON requests by openstack4j's own means, for what its typed services lack: user_data, description, tags, embedded
 * flavors, quota details, paging.
 */
final class Rest extends BaseOpenStackService {

    Rest(Service service) {
        super(service.type());
    }

    JsonNode read(String path, Map<String, ?> query) {
        return get(JsonNode.class, path).params(query).execute();
    }

    JsonNode create(String path, ObjectNode body) {
        return post(JsonNode.class, path).json(body.toString()).execute();
    }

    void post(String path, ObjectNode body) {
        post(Void.class, path).json(body.toString()).execute();
    }

    void put(String path, @Nullable ObjectNode body) {
        Invocation<Void> invocation = put(Void.class, path);
        (body == null ? invocation : invocation.json(body.toString())).execute();
    }

    JsonNode update(String path, ObjectNode body) {
        return put(JsonNode.class, path).json(body.toString()).execute();
    }

    void delete(String path) {
        delete(Void.class, path).execute();
    }
}
