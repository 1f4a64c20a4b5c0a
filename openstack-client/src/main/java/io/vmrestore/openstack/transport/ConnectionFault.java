package io.vmrestore.openstack.transport;

import io.vmrestore.common.connection.TlsFault;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import org.jspecify.annotations.Nullable;

/**
 * Why a request got no answer, told from what the JDK's client throws.
 *
 * @param message what went wrong, with host and port, and what to do
 * @param sent whether the service may have got the request
 */
record ConnectionFault(String message, boolean sent) {

    static ConnectionFault of(Throwable error, String server) {
        TlsFault tls = TlsFault.of(error, server).orElse(null);
        if (tls != null) {
            return new ConnectionFault(tls.message(), !tls.beforeData());
        }
        if (cause(UnresolvedAddressException.class, error) != null
                || cause(UnknownHostException.class, error) != null) {
            return beforeSending(
                    "no connection to " + server + ": the host name is not known here. Check DNS and the URL");
        }
        if (cause(HttpConnectTimeoutException.class, error) != null) {
            return beforeSending(
                    "no connection to " + server + " in time. Check that the host answers and no firewall is between");
        }
        if (cause(ConnectException.class, error) != null) {
            return beforeSending("no connection to " + server);
        }
        if (cause(ProtocolException.class, error) != null) {
            return new ConnectionFault(
                    "the answer of " + server + " is no HTTP: check whether the URL must begin with https", true);
        }
        return new ConnectionFault("the connection broke before the answer", true);
    }

    /** Whether the service cannot have got the request that failed so. */
    static boolean notSent(Throwable error) {
        return !of(error, "").sent();
    }

    private static ConnectionFault beforeSending(String message) {
        return new ConnectionFault(message, false);
    }

    private static <T extends Throwable> @Nullable T cause(Class<T> type, Throwable error) {
        for (Throwable each = error; each != null; each = each.getCause()) {
            if (type.isInstance(each)) {
                return type.cast(each);
            }
        }
        return null;
    }
}
