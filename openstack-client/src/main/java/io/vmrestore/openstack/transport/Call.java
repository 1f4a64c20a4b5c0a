package io.vmrestore.openstack.transport;

import io.vmrestore.common.time.Chance;
import io.vmrestore.openstack.failure.FailedCall;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.openstack4j.core.transport.Config;
import org.openstack4j.openstack.OSFactory;

/**
 * What the connector must know of the call that openstack4j is making on this thread: the library itself passes it
 * nothing but URL, headers and body.
 *
 * @param transport carries it out
 * @param service the service asked
 * @param requestId sent with it
 * @param api where and how the service's API is spoken; null while that is being found out
 * @param tokens renews the token once after a 401; null for calls without one
 * @param apis where the API was found, to forget it
 * @param config openstack4j's session settings
 * @param trail notes the ids of changing requests
 * @param repeatable whether even a POST may be repeated, as one for a token may
 */
record Call(
        Transport transport,
        Service service,
        String requestId,
        @Nullable Api api,
        @Nullable TokenHolder tokens,
        Discovery apis,
        Config config,
        RequestTrail trail,
        boolean repeatable) {

    private static final ScopedValue<Call> CURRENT = ScopedValue.newInstance();

    static Call current() {
        return CURRENT.orElseThrow(
                () -> new IllegalStateException("openstack4j was called outside of OpenStack's sessions"));
    }

    /** The id that a call within a call sends: that of the outer one, so that an operator finds both. */
    static String inheritedRequestId(Chance chance) {
        return CURRENT.isBound() ? CURRENT.get().requestId : RequestIds.next(chance);
    }

    /** Beginning of the request's URL. */
    String base() {
        return Objects.requireNonNull(api, "the service's API has not been found yet")
                .base();
    }

    /** Value of {@code OpenStack-API-Version}; null for none. */
    @Nullable
    String version() {
        return api == null ? null : api.version();
    }

    /** Where a call within a call is noted: with the outer one, which waits for its answer. */
    static RequestTrail inheritedTrail() {
        return CURRENT.isBound() ? CURRENT.get().trail : new RequestTrail();
    }

    <T> T run(Supplier<T> work) {
        return ScopedValue.where(CURRENT, this).call(work::get);
    }

    /** A new token instead of the refused one, also for what the library still does in this call. */
    String renew(TokenHolder holder, String refused) {
        AccessToken token = holder.renew(refused);
        OSFactory.clientFromToken(token.forLibrary(), config);
        return token.id();
    }

    /** The API is looked for again at the next call. */
    void forget(ApiRoot root) {
        apis.forget(service, root);
    }

    boolean mayRepeat(String method) {
        return repeatable || "GET".equals(method) || "HEAD".equals(method);
    }

    FailedCall failed(String method, String path, int status, String message, @Nullable String cloudRequestId) {
        return new FailedCall(service.label(), method, path, status, message, requestId, cloudRequestId);
    }
}
