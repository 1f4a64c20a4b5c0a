package io.vmrestore.openstack.transport;

import com.fasterxml.jackson.databind.JsonNode;
import io.vmrestore.openstack.failure.CloudException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpHeaders;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.openstack4j.core.transport.ExecutionOptions;
import org.openstack4j.core.transport.HttpEntityHandler;
import org.openstack4j.core.transport.HttpResponse;
import org.openstack4j.core.transport.ObjectMapperSingleton;

/** A service's answer as openstack4j reads it. */
final class Answer implements HttpResponse {

    private final Outgoing request;
    private final Call call;
    private final int status;
    private final HttpHeaders headers;
    private final byte[] body;

    Answer(Outgoing request, Call call, int status, HttpHeaders headers, byte[] body) {
        this.request = request;
        this.call = call;
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    Outgoing request() {
        return request;
    }

    byte[] body() {
        return body;
    }

    /** The id under which the service logged the request; null if it gave none. */
    @Nullable
    String cloudRequestId() {
        return headers.firstValue("X-Openstack-Request-Id")
                .or(() -> headers.firstValue("X-Compute-Request-Id"))
                .orElse(null);
    }

    @Override
    public <T> T getEntity(Class<T> type) {
        return HttpEntityHandler.handle(this, type, null);
    }

    @Override
    public <T> T getEntity(Class<T> type, @Nullable ExecutionOptions<T> options) {
        return HttpEntityHandler.handle(this, type, options);
    }

    @Override
    public <T> T readEntity(Class<T> type) {
        try {
            return ObjectMapperSingleton.getContext(type).readerFor(type).readValue(body);
        } catch (IOException e) {
            // Deliberately without the cause: Jackson quotes the body, which may hold secrets.
            throw new CloudException.Unavailable(
                    call.failed(
                            request.method(),
                            request.path(),
                            status,
                            "the answer is not the JSON that was expected",
                            cloudRequestId()),
                    !call.mayRepeat(request.method()),
                    null,
                    null);
        }
    }

    /** The token that Keystone has issued. */
    AccessToken token() {
        String id = header("X-Subject-Token");
        JsonNode body = jsonOrNothing();
        if (id == null || id.isBlank() || !body.path("token").path("project").hasNonNull("id")) {
            throw new CloudException.Unavailable(
                    call.failed(
                            request.method(),
                            request.path(),
                            status,
                            "the answer is no token of a project: check that OS_AUTH_URL is Keystone's",
                            cloudRequestId()),
                    false,
                    null,
                    null);
        }
        return AccessToken.of(id, body);
    }

    /** The body as JSON; an empty object if it is something else. */
    JsonNode jsonOrNothing() {
        try {
            JsonNode json = ObjectMapperSingleton.getContext(JsonNode.class).readTree(body);
            return json == null || !json.isObject() ? Json.object() : json;
        } catch (IOException notJson) {
            return Json.object();
        }
    }

    @Override
    public int getStatus() {
        return status;
    }

    @Override
    public @Nullable String getContentType() {
        return header("Content-Type");
    }

    @Override
    public String getStatusMessage() {
        return "HTTP " + status;
    }

    @Override
    public InputStream getInputStream() {
        return new ByteArrayInputStream(body);
    }

    @Override
    public @Nullable String header(String name) {
        return headers.firstValue(name).orElse(null);
    }

    @Override
    public Map<String, String> headers() {
        return headers.map().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().getFirst()));
    }

    @Override
    public void close() {}
}
