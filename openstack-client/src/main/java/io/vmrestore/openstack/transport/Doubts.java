package io.vmrestore.openstack.transport;

import io.vmrestore.common.connection.CallFault;
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
        Doubt doubt = doubt(told);
        if (doubt == Doubt.NONE) {
            return told;
        }
        if (token != null && call.tokens() != null && call.service() != Service.IDENTITY) {
            call.tokens().doubt(token);
        }
        if (api != null && doubt == Doubt.API) {
            call.forget(api.root());
        }
        return told;
    }

    /** A 404, unless the service itself speaks of the resource. */
    private static boolean ofUrl(CloudException failure) {
        CallFault fault = failure.fault();
        return fault == CallFault.NO_SUCH_PATH || fault == CallFault.FOREIGN_NOT_FOUND;
    }

    private static CloudException.Misconfigured wrongUrl(CloudException failure, Call call, Api api) {
        FailedCall failed = failure.call();
        String url = EndpointUrl.shown(api.root().catalogUrl());
        String message = call.service() == Service.IDENTITY
                ? "OS_AUTH_URL leads to %s, where no Keystone answers (%s): correct it".formatted(url, failed.message())
                : "the catalog's endpoint for %s is %s, where no such API answers (%s): correct it in Keystone"
                        .formatted(call.service().commonName(), url, failed.message());
        return new CloudException.Misconfigured(
                call.failed(failed.method(), failed.path(), failed.status(), message, failed.cloudRequestId()),
                call.service() == Service.IDENTITY ? CallFault.AUTH_URL : CallFault.CATALOG);
    }

    private enum Doubt {
        NONE,
        /** The catalog may have another endpoint by now. */
        ENDPOINT,
        /** And what was found out about this one may be wrong. */
        API
    }

    private static Doubt doubt(CloudException failure) {
        return switch (failure.fault()) {
            case HOST_UNKNOWN,
                    NO_CONNECTION,
                    NOT_REACHED_IN_TIME,
                    TLS,
                    API_VERSION,
                    REDIRECT,
                    CATALOG,
                    AUTH_URL,
                    IDENTITIES -> Doubt.API;
            case FOREIGN_NOT_FOUND, GATEWAY, AWAY -> Doubt.ENDPOINT;
            case NO_HTTP,
                    CONNECTION_BROKE,
                    NO_ANSWER_IN_TIME,
                    GIVEN_UP,
                    UNREADABLE_ANSWER,
                    SERVICE_FAULT,
                    NOT_IMPLEMENTED,
                    RATE_LIMIT,
                    QUOTA,
                    NOT_AUTHENTICATED,
                    POLICY,
                    NOT_FOUND,
                    NO_SUCH_PATH,
                    ADDRESS_TAKEN,
                    MAC_TAKEN,
                    LOCKED,
                    ON_ITS_WAY,
                    CONFLICT,
                    INVALID -> Doubt.NONE;
        };
    }
}
