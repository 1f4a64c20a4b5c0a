package io.vmrestore.simulator.web;

import io.vmrestore.simulator.engine.Refused;
import org.springframework.http.HttpMethod;

/** Error bodies that several services share. */
public final class ServiceErrors {
    private ServiceErrors() {}

    /** The 401 of the middleware in front of Nova, Cinder and Neutron. */
    public static Answer unauthorized(Refused refused, String base) {
        return Answer.of(
                        401,
                        Json.object(
                                "error",
                                Json.object()
                                        .put("code", 401)
                                        .put("title", "Unauthorized")
                                        .put("message", refused.text())))
                .with("Www-Authenticate", "Keystone uri=\"" + base + "/identity/v3\"")
                .unversioned();
    }

    /** {@code {"itemNotFound": {"code": 404, "message": ...}}}, the shape of Nova and Cinder. */
    public static Answer wrapped(String key, int status, String message) {
        return Answer.of(
                status, Json.object(key, Json.object().put("code", status).put("message", message)));
    }

    /** The answer of the middleware in front of a service that cannot ask Keystone about a token. */
    static Answer tokensNotChecked() {
        return Answer.of(
                        503,
                        Json.object()
                                .put(
                                        "message",
                                        "The server is currently unavailable. Please try again at a later time.<br"
                                                + " /><br />\n\n\n")
                                .put("code", "503 Service Unavailable")
                                .put("title", "Service Unavailable"))
                .unversioned();
    }

    /** The answer of a path that does not have this method. */
    public static Answer methodNotAllowed(HttpMethod method) {
        return Answer.of(
                        405,
                        Json.object()
                                .put(
                                        "message",
                                        "The method " + method
                                                + " is not allowed for this resource. <br /><br />\n\n\n")
                                .put("code", "405 Method Not Allowed")
                                .put("title", "Method Not Allowed"))
                .unversioned();
    }

    /** The answer for a path that does not exist. */
    public static Answer noSuchPath() {
        return Answer.of(
                        404,
                        Json.object()
                                .put("message", "The resource could not be found.<br /><br />\n\n\n")
                                .put("code", "404 Not Found")
                                .put("title", "Not Found"))
                .unversioned();
    }
}
