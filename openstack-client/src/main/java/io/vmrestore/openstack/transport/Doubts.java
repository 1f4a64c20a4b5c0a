package io.vmrestore.openstack.transport;

import io.vmrestore.openstack.failure.CloudException;
import io.vmrestore.openstack.failure.FailedCall;
import org.jspecify.annotations.Nullable;

/**
 * What a failure says about the endpoint that was called. An endpoint that does not answer may be one that somebody has
 * corrected in Keystone meanwhile; and a 404 where the API has never answered is not one of a resource.
 */
final class Doubts {

    private Doubts() {}

    /** The failure as it is to be thrown, once it has been noted what it casts doubt on. */
    static CloudException raised(CloudException failure, Call call, @Nullable String token) {
        Api api = call.api();
        CloudException told =
                api != null && !api.root().answers().get() && ofUrl(failure) ? wrongUrl(failure, call, api) : failure;
        if (!doubtful(told)) {
            return told;
        }
        if (token != null && call.tokens() != null && call.service() != Service.IDENTITY) {
            call.tokens().doubt(token);
        }
        if (api != null && mayHaveMoved(told)) {
            call.forget(api.root());
        }
        return told;
    }

    /** A 404, unless the service itself speaks of the resource. */
    private static boolean ofUrl(CloudException failure) {
        return failure.call().status() == 404
                && !(failure instanceof CloudException.NotFound missing && missing.ofResource());
    }

    private static CloudException.Misconfigured wrongUrl(CloudException failure, Call call, Api api) {
        FailedCall failed = failure.call();
        String url = EndpointUrl.shown(api.root().catalogUrl());
        String message = call.service() == Service.IDENTITY
                ? "OS_AUTH_URL leads to %s, where no Keystone answers (%s): correct it".formatted(url, failed.message())
                : "the catalog's endpoint for %s is %s, where no such API answers (%s): correct it in Keystone"
                        .formatted(call.service().commonName(), url, failed.message());
        return new CloudException.Misconfigured(
                call.failed(failed.method(), failed.path(), failed.status(), message, failed.cloudRequestId()));
    }

    private static boolean doubtful(CloudException failure) {
        return switch (failure) {
            case CloudException.Unavailable down ->
                switch (down.call().status()) {
                    case 0 -> notReached(down);
                    case 404, 502, 503, 504 -> true;
                    default -> false;
                };
            case CloudException.Misconfigured _ -> true;
            case CloudException.NotFound _,
                    CloudException.Conflict _,
                    CloudException.QuotaExceeded _,
                    CloudException.Unauthorized _,
                    CloudException.Forbidden _,
                    CloudException.Invalid _,
                    CloudException.RateLimited _ -> false;
        };
    }

    private static boolean mayHaveMoved(CloudException failure) {
        return failure instanceof CloudException.Misconfigured
                || (failure instanceof CloudException.Unavailable down && notReached(down));
    }

    private static boolean notReached(CloudException.Unavailable down) {
        Throwable cause = down.getCause();
        return cause != null && ConnectionFault.notSent(cause);
    }
}
