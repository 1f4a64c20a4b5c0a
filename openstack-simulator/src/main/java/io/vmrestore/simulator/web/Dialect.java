package io.vmrestore.simulator.web;

import io.vmrestore.simulator.engine.Refused;
import java.util.Map;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.ServerRequest;

/** What one service does its own way in every call: versions, errors and headers. */
public interface Dialect {

    /** The path below which the service answers, such as {@code /compute}. */
    String prefix();

    /** The versions that the service has in its own release. */
    VersionRange versions();

    /**
     * The version a call asks for; a version that the service does not have is a refusal.
     *
     * @param available the versions that the service has today
     */
    Microversion version(ServerRequest request, VersionRange available) throws VersionNotAvailable;

    /** The answer for a refusal. */
    Answer refusal(Refused refused, String base);

    /** The answer for an error that the service does not make itself, such as one of a proxy or of a rate limit. */
    Answer error(int status, String message);

    /** The answer where no such path or method exists. */
    Answer notRouted();

    /** The refusal of a body that is no JSON object. */
    Refused malformedBody();

    /** The headers of every answer, besides the request id. */
    Map<String, String> headers(Microversion version);

    /** The names of the headers that carry the request id. */
    String[] requestIdHeaders();

    /** Refuses a body that the service would not even route; most leave that to their endpoints. */
    default void checkBody(byte[] body) {}

    /**
     * Answers a call of a known path with a method that the path does not have; most services know no such path then.
     *
     * @param methods that the path has
     */
    default Answer otherMethod(Call call, Map<HttpMethod, Endpoint> methods) {
        return notRouted();
    }

    /** Whether the service looks at such a call, and thus at its token, at all. */
    default boolean answersOtherMethods() {
        return false;
    }

    /** Keystone serves tokens without a project; every other service wants one. */
    default boolean wantsProject() {
        return true;
    }
}
