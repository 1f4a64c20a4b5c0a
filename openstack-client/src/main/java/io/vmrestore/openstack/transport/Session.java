package io.vmrestore.openstack.transport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vmrestore.common.connection.CallFault;
import io.vmrestore.openstack.failure.CloudException;
import io.vmrestore.openstack.failure.FailedCall;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.openstack4j.api.OSClient.OSClientV3;
import org.openstack4j.openstack.OSFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A caller's conversation with one service: through openstack4j's own services where they know the whole answer, as
 * JSON where they do not. openstack4j binds its session to the thread, so each call binds its own.
 */
public final class Session {

    private static final Logger log = LoggerFactory.getLogger(Session.class);
    private static final Set<Integer> UNTOLD = Set.of(404, 405, 501);

    private final Caller caller;
    private final Service service;
    private final Rest rest;

    Session(Caller caller, Service service) {
        this.caller = caller;
        this.service = service;
        this.rest = new Rest(service);
    }

    /** Makes one call with openstack4j. */
    public <T> T call(Function<OSClientV3, T> work) {
        return context(null).run(() -> {
            AccessToken token = caller.tokens().current();
            Api api = api(token);
            OSClientV3 os =
                    OSFactory.clientFromToken(token.forLibrary(), caller.wire().config());
            return context(api).run(() -> work.apply(os));
        });
    }

    private Api api(AccessToken token) {
        try {
            return caller.wire().apis().api(service, token);
        } catch (CloudException.Misconfigured e) {
            // Whoever corrects the catalog wants to see that at once.
            caller.tokens().doubt(token.id());
            throw e;
        }
    }

    /** The object under this key of the answer. */
    public JsonNode get(String path, String key) {
        return get(path, Map.of(), key);
    }

    /** The object under this key of the answer to a query. */
    public JsonNode get(String path, Map<String, ?> query, String key) {
        return call(os -> rest.read(path, query)).path(key);
    }

    /**
     * The object under this key of the answer, read.
     *
     * @throws CloudException.Unavailable if it lacks what nobody can do without
     */
    public <T> T read(String path, Map<String, ?> query, String key, Function<JsonNode, T> reading) {
        JsonNode answer = get(path, query, key);
        try {
            return reading.apply(answer);
        } catch (UnreadableException odd) {
            throw unreadable(path, odd);
        }
    }

    /**
     * All of a list, each element read. One that cannot be read is left out and logged; one that is there twice, as
     * when it moved between two pages, is there once.
     */
    public <T> List<T> elements(String path, Map<String, ?> query, String key, Function<JsonNode, T> reading) {
        List<T> elements = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (JsonNode element : list(path, query, key)) {
            String id = Json.text(element, "id");
            if (!id.isEmpty() && !seen.add(id)) {
                continue;
            }
            try {
                elements.add(reading.apply(element));
            } catch (UnreadableException odd) {
                log.warn("Left out of {} {}: {}", service.label(), path, odd.getMessage());
            }
        }
        return elements;
    }

    /** As {@link #elements}, but where each element counts one that cannot be read fails the call. */
    public <T> List<T> allElements(String path, String key, Function<JsonNode, T> reading) {
        try {
            return list(path, Map.of(), key).stream().map(reading).toList();
        } catch (UnreadableException odd) {
            throw unreadable(path, odd);
        }
    }

    /**
     * What an optional part of a cloud tells; empty if the cloud does not have the part or does not tell: 400, 403, 404
     * whoever says it, 405, 501. Anything else is thrown, for an outage tells nothing.
     */
    public static <T> Optional<T> optional(Supplier<T> call) {
        try {
            return Optional.of(call.get());
        } catch (CloudException.Forbidden | CloudException.NotFound | CloudException.Invalid untold) {
            return Optional.empty();
        } catch (CloudException.Unavailable unavailable) {
            if (UNTOLD.contains(unavailable.call().status())) {
                return Optional.empty();
            }
            throw unavailable;
        }
    }

    private CloudException unreadable(String path, UnreadableException odd) {
        String message = odd.getMessage() == null ? "the answer cannot be read" : odd.getMessage();
        return new CloudException.Unavailable(failed("GET", path, message), false, null, null);
    }

    /** All of a list, page after page, as far as the answers link to further ones; the list has this key. */
    public List<JsonNode> list(String path, Map<String, ?> query, String key) {
        List<JsonNode> all = new ArrayList<>();
        Map<String, Object> page = new LinkedHashMap<>(query);
        Set<String> markers = new HashSet<>();
        while (true) {
            JsonNode answer = call(os -> rest.read(path, page));
            answer.path(key).forEach(all::add);
            String marker = Links.nextMarker(answer, key);
            if (marker == null || !markers.add(marker)) {
                return all;
            }
            page.put("marker", marker);
        }
    }

    /** POSTs the object under its key and returns the one under the answer's key. */
    public JsonNode create(String path, ObjectNode body, String key) {
        return call(os -> rest.create(path, body)).path(key);
    }

    /** POSTs, whatever the answer's body. */
    public void post(String path, ObjectNode body) {
        run(() -> rest.post(path, body));
    }

    /** PUTs, whatever the answer's body. */
    public void put(String path, @Nullable ObjectNode body) {
        run(() -> rest.put(path, body));
    }

    /** PUTs and returns the object under the answer's key. */
    public JsonNode update(String path, ObjectNode body, String key) {
        return call(os -> rest.update(path, body)).path(key);
    }

    /** Asks for a deletion. */
    public void delete(String path) {
        run(() -> rest.delete(path));
    }

    /** What the call finds; empty on 404 and only then. */
    public static <T> Optional<T> find(Supplier<T> call) {
        try {
            return Optional.of(call.get());
        } catch (CloudException.NotFound e) {
            return Optional.empty();
        }
    }

    /** Which filters of the cloud's lists have proven to work. */
    public FilterTrust filters() {
        return caller.wire().filters();
    }

    /** The project that the calls are made in. */
    public String projectId() {
        return context(null).run(caller::projectId);
    }

    /** The description of a failure that we find ourselves. */
    public FailedCall failed(String method, String path, String message) {
        return context(null).failed(method, path, 0, message, null);
    }

    /** The error of a cloud that lacks a user or a role that it must have. */
    public CloudException.Misconfigured misconfigured(String path, String message) {
        return new CloudException.Misconfigured(failed("GET", path, message), CallFault.IDENTITIES);
    }

    private void run(Runnable work) {
        call(os -> {
            work.run();
            return service;
        });
    }

    private Call context(@Nullable Api api) {
        String id = caller.requestId();
        return new Call(
                caller.wire().transport(),
                service,
                id == null ? Call.inheritedRequestId(caller.wire().transport().chance()) : id,
                api,
                caller.tokens(),
                caller.wire().apis(),
                caller.wire().config(),
                caller.trail(),
                false);
    }
}
